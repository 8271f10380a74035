import { Cron } from 'croner';
import { unreachable } from '../unreachable.ts';
import { lengthOf } from './parse-window.ts';
import type { RunWindow, WindowState } from './run-window.ts';

/**
 * Whether a window is open at a moment, until when, or when it opens next. Times are those of the clocks of its zone: in the night when they
 * go forward, a window that would open in the hour that is left out opens at its end; in the night when they go back, it opens once, the
 * first time. It stays open for as long as it says, whatever the clocks do meanwhile.
 */
export function windowState(window: RunWindow, now: Date): WindowState {
  switch (window.kind) {
    case 'manual':
      return { state: 'closed', opens: undefined };
    case 'from':
      return now >= window.moment ? { state: 'open', until: undefined } : { state: 'closed', opens: window.moment };
    case 'recurring':
      return recurringState(window, now);
    default:
      return unreachable(window);
  }
}

function recurringState(window: Extract<RunWindow, { kind: 'recurring' }>, now: Date): WindowState {
  const pattern = new Cron(window.cron, { paused: true, mode: '5-part', timezone: window.zone });
  const length = lengthOf(window);
  // The first opening whose time is not over yet.
  const opening = pattern.nextRun(new Date(now.getTime() - length));
  if (opening === null) return { state: 'closed', opens: undefined };
  if (opening > now) return { state: 'closed', opens: opening };
  // A later opening may come before this one closes.
  let last = opening;
  for (let next = pattern.nextRun(last); next !== null && next <= now; next = pattern.nextRun(last)) last = next;
  return { state: 'open', until: new Date(last.getTime() + length) };
}
