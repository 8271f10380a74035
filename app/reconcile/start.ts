import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../context.ts';
import { lastDelivery } from './last-delivery.ts';
import { reconcile } from './reconcile.ts';

const minute = 60_000;
/** How often, while the App is running. */
const interval = 30 * minute;
/** Clocks differ, and a webhook may be lost some time before the last one that came. */
const overlap = 60 * minute;
/** Milliseconds that a look under way gets to come to its end. */
const farewell = 500;
/** How far back on the very first start. */
const firstLook = 7 * 24 * 60 * minute;

/** Reconciles now, from the last webhook that came before the App was stopped, and then again and again until closed. */
export function startReconciler(context: AppContext): { close(): Promise<void> } {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    let since = new Date(Date.now() - firstLook);
    for (let first = true; !stop.signal.aborted; first = false) {
      const begun = Date.now();
      try {
        const last = first ? await lastDelivery(context.registry) : undefined;
        if (last) since = new Date(last.getTime() - overlap);
        await reconcile(context, since);
        since = new Date(begun - overlap);
      } catch (error) {
        if (!stop.signal.aborted) context.log.warn({ err: error }, 'not reconciled');
      }
      await sleep(interval, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    async close() {
      stop.abort();
      // A look that waits for GitHub is taken again at the next start.
      await Promise.race([running, sleep(farewell)]);
    },
  };
}
