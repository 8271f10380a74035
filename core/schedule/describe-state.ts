import { describeWindow } from './describe-window.ts';
import type { RunWindow, WindowState } from './run-window.ts';

/** A closed window in words: `its window 0 2 * * * UTC for 3h, which opens 2026-03-01 02:00 UTC`. */
export function describeState(window: RunWindow, state: Extract<WindowState, { state: 'closed' }>): string {
  if (window.kind === 'manual') return 'a person who starts it: `/sluice schedule now`';
  const opens = state.opens === undefined ? 'never' : `${state.opens.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `its window \`${describeWindow(window)}\`, which opens ${opens}`;
}
