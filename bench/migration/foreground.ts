import { setTimeout as sleep } from 'node:timers/promises';
import { cleanUp } from '../../runner/clean-up.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import type { Patience } from '../../runner/work.ts';
import { Stopped } from '../../runner/work.ts';
import { quantile } from '../compat/quantile.ts';
import type { Stage } from './stage.ts';
import { round } from './swaps.ts';
import { startWriters, type Writers } from './writers.ts';

interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What four writing clients feel: alone, beside a copy with the default throttle, and beside one without. */
export async function measureForeground(
  stage: Stage,
  seconds: number,
  say: (what: string) => void,
): Promise<{ baseline: Latency; throttled: Latency; unthrottled: Latency }> {
  const url = await stage.database();
  const writers = startWriters(url, 10_000);
  // Before, between and after: clients alone differ from one time to the next by more than what a gentle copy costs them.
  const alone: number[] = [];
  const listen = async () => {
    say('the application alone');
    await sleep(1000);
    await writers.latencies();
    await sleep((seconds * 1000) / 2);
    alone.push(...(await writers.latencies()));
  };
  try {
    await listen();
    say('the application beside a throttled copy');
    const throttled = await beside(stage, url, writers, seconds, {});
    await listen();
    say('the application beside an unthrottled copy');
    const unthrottled = await beside(stage, url, writers, seconds, { duty: 1, busyBatchTime: 100 });
    await listen();
    const baseline = summary(alone);
    return { baseline, throttled, unthrottled };
  } finally {
    await writers.stop();
  }
}

async function beside(
  stage: Stage,
  url: string,
  writers: Writers,
  seconds: number,
  patience: Partial<Patience>,
): Promise<Latency> {
  const stop = new AbortController();
  const work = await stage.begin(url, patience, stop.signal);
  try {
    await makeShadow(work);
    await startCapture(work);
    await writers.latencies();
    const timer = setTimeout(() => stop.abort(), seconds * 1000);
    try {
      await backfill(work);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      clearTimeout(timer);
    }
    const felt = summary(await writers.latencies());
    await cleanUp({ ...work, signal: new AbortController().signal });
    return felt;
  } finally {
    await work.client.end();
  }
}

function summary(latencies: readonly number[]): Latency {
  const at = (share: number) => round(quantile(latencies, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
