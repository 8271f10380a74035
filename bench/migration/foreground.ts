import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { cleanUp } from '../../runner/clean-up.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { Stopped } from '../../runner/work.ts';
import { beginCapturing } from '../../test/support/work.ts';
import { startClients } from './clients.ts';
import { quantile } from './quantiles.ts';

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What four clients feel: alone, beside a copy as it is by default, and beside one that rests for nobody. */
export async function measureForeground(
  registry: Pool,
  url: string,
  rows: number,
  seconds: number,
): Promise<Record<'baseline' | 'throttled' | 'unthrottled', Latency>> {
  const clients = await startClients(url, 4, rows, 2);
  const measure = async (): Promise<Latency> => {
    clients.reset();
    await sleep(seconds * 1000);
    const { latencies } = clients;
    return { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), p99: quantile(latencies, 0.99) };
  };
  const beside = async (patience: object): Promise<Latency> => {
    const given = await beginCapturing(registry, url);
    const stop = new AbortController();
    const work = { ...given, patience: { ...given.patience, ...patience }, signal: stop.signal };
    const copying = backfill(work).catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error;
    });
    await sleep(500);
    const latency = await measure();
    stop.abort();
    await copying;
    await cleanUp(given);
    await given.client.end();
    return latency;
  };
  const baseline = await measure();
  const throttled = await beside({});
  const unthrottled = await beside({ duty: 1, busyBatchTime: 1000, batchTime: 1000 });
  await clients.stop();
  return { baseline, throttled, unthrottled };
}
