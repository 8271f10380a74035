import { describeWindow } from './describe-window.ts';
import type { RunWindow } from './run-window.ts';
import type { ClosedWindow } from './windows-state.ts';

const person = 'a person who starts it: `/sluice schedule now`';

/** What a run that has not started waits for: `its window 0 2 * * * UTC for 3h, which opens 2026-03-01 02:00 UTC`. */
export function describeWait(closed: ClosedWindow): string {
  if ('unreadable' in closed) return `a window that cannot be read (${closed.unreadable})`;
  const { window, state } = closed;
  if (window.kind === 'manual') return person;
  return `its window \`${describeWindow(window)}\`, which opens ${momentOf(window, state.opens)}`;
}

/** Why a run that has begun is held: `outside its window 0 2 * * * UTC for 3h, goes on at 2026-03-01 02:00 UTC`. */
export function describeHold(closed: ClosedWindow): string {
  if ('unreadable' in closed) return `its window cannot be read (${closed.unreadable})`;
  const { window, state } = closed;
  if (window.kind === 'manual') return 'waits for a person: `/sluice schedule now`';
  return `outside its window \`${describeWindow(window)}\`, goes on at ${momentOf(window, state.opens)}`;
}

/** On the clocks that the window goes by. */
function momentOf(window: RunWindow, moment: Date | undefined): string {
  if (moment === undefined) return 'no time that can be told';
  const zone = window.kind === 'recurring' ? window.zone : 'UTC';
  // Sweden writes dates as ISO 8601 does.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return `${clock.format(moment)} ${zone}`;
}
