import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { inTransaction } from '../database.ts';
import { claimOutbox, markRelayed, pruneOutbox } from '../outbox.ts';
import type { JobQueue } from './port.ts';

const batch = 50;
const day = 24 * 3600 * 1000;

export interface OutboxRelay {
  /** Hands over what waits, now. Returns how many messages that were. */
  relayNow(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Hands messages of the outbox to their queues, again and again until closed. At least once: a crash between handing over
 * and noting it hands over again, under the same job id. Any number of relays may run.
 */
export function startOutboxRelay(
  pool: Pool,
  queues: readonly JobQueue[],
  options: { readonly interval?: number; readonly report?: (error: Error) => void } = {},
): OutboxRelay {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  const stop = new AbortController();

  const relayNow = () =>
    inTransaction(pool, async (client) => {
      const messages = await claimOutbox(client, [...byName.keys()], batch);
      for (const { id, queue, name, key, data, delay } of messages) {
        await byName.get(queue)?.add(name, data, { key: key ?? undefined, id: `outbox-${id}`, delay });
      }
      await markRelayed(
        client,
        messages.map(({ id }) => id),
      );
      return messages.length;
    });

  const loop = async () => {
    let pruned = 0;
    while (!stop.signal.aborted) {
      try {
        if ((await relayNow()) === batch) continue;
        if (Date.now() - pruned > 3600_000) {
          await pruneOutbox(pool, new Date(Date.now() - day));
          pruned = Date.now();
        }
      } catch (error) {
        if (!stop.signal.aborted) options.report?.(error as Error);
      }
      await sleep(options.interval ?? 200, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const running = loop();

  return {
    relayNow,
    close: async () => {
      stop.abort();
      await running;
    },
  };
}
