import { unreachable } from '../unreachable.ts';
import type { RunWindow } from './run-window.ts';

/** A window in words that `parseWindow` reads again, but for `from`. */
export function describeWindow(window: RunWindow): string {
  switch (window.kind) {
    case 'manual':
      return 'manual';
    case 'from':
      return window.moment.toISOString();
    case 'recurring': {
      const { cron, zone, minutes } = window;
      return `${cron} ${zone} for ${minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`}`;
    }
    default:
      return unreachable(window);
  }
}
