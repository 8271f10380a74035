import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { inTransaction } from '../../registry/database.ts';
import {
  claimNotification,
  collectNotifications,
  markNotified,
  markNotNotified,
} from '../../registry/notifications.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Channel } from './channel.ts';
import { messageOf } from './message.ts';
import { type Topic, topicOf } from './topic.ts';

const second = 1000;
/** After these the message is given up: it is about a day old. */
const mostAttempts = 30;
const longestPause = 3600 * second;

export interface NotifierOptions {
  readonly topics: readonly Topic[];
  /** Address of GitHub's pages. */
  readonly web: string;
  /** Milliseconds between two looks. */
  readonly interval?: number;
  /** Milliseconds before the second attempt; then twice as long each time. */
  readonly firstPause?: number;
  readonly report: (words: string, error?: Error) => void;
}

/**
 * Sends notifications until closed. The audit trail is the outbox: what happened is sent once it is committed, in its order, and tried again
 * until it is sent. A crash between sending and noting it sends again, with the same id.
 */
export function startNotifier(
  registry: Pool,
  channels: readonly Channel[],
  options: NotifierOptions,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const loop = async (channel: Channel): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        while (!stop.signal.aborted && (await work(registry, channel, options)));
      } catch (error) {
        if (!stop.signal.aborted) options.report('notifications', error as Error);
      }
      await sleep(options.interval ?? 2 * second, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const running = channels.map(loop);
  return {
    async close() {
      stop.abort();
      await Promise.all(running);
      for (const channel of channels) channel.close();
    },
  };
}

/** Returns whether there may be more to do. */
async function work(registry: Pool, channel: Channel, options: NotifierOptions): Promise<boolean> {
  const isOfInterest = (event: Parameters<typeof topicOf>[0]): boolean => {
    const topic = topicOf(event);
    return topic !== undefined && options.topics.includes(topic);
  };
  const collected = await inTransaction(registry, (client) => collectNotifications(client, channel.name, isOfInterest));
  const sent = await inTransaction(registry, async (client) => {
    const due = await claimNotification(client, channel.name);
    if (due === undefined) return false;
    const { event, attempts } = due;
    const run =
      event.kind.startsWith('run.') || event.kind === 'log.grown' ? await readRun(client, event.subject) : undefined;
    const delivery = await channel.send(messageOf(event, options.web, run));
    if (delivery.result === 'sent') await markNotified(client, channel.name, event.sequence);
    else {
      const pause = Math.min((options.firstPause ?? second) * 2 ** attempts, longestPause);
      const next = attempts + 1 >= mostAttempts ? undefined : Math.max(pause, delivery.pause ?? 0);
      await markNotNotified(client, channel.name, event.sequence, { note: delivery.note, pause: next });
      if (next === undefined) options.report(`a notification was given up: ${channel.name} ${delivery.note}`);
    }
    return true;
  });
  return sent || collected > 0;
}
