import { parseWindow } from './parse-window.ts';
import type { RunWindow, WindowState } from './run-window.ts';
import { windowState } from './window-state.ts';

/** A window that keeps a run from going on. */
export type ClosedWindow =
  | { readonly window: RunWindow; readonly state: Extract<WindowState, { state: 'closed' }> }
  /** Nobody knows when it would be open: never. */
  | { readonly unreadable: string };

export type WindowsState =
  /** `until`: when the first of them closes; undefined when none does. */
  | { readonly state: 'open'; readonly until: Date | undefined }
  | { readonly state: 'closed'; readonly closed: readonly ClosedWindow[] };

/** Whether all of several windows, as people write them, are open at a moment. None at all are open. */
export function windowsState(texts: Iterable<string>, now: Date): WindowsState {
  const closed: ClosedWindow[] = [];
  let until: Date | undefined;
  for (const text of new Set(texts)) {
    const parsed = parseWindow(text);
    if ('problem' in parsed) {
      closed.push({ unreadable: text });
      continue;
    }
    const state = windowState(parsed.window, now);
    if (state.state === 'closed') closed.push({ window: parsed.window, state });
    else if (state.until !== undefined && (until === undefined || state.until < until)) until = state.until;
  }
  return closed.length === 0 ? { state: 'open', until } : { state: 'closed', closed };
}
