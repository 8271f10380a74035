import { patiently } from '../../runner/patiently.ts';
import { attemptSwapBack } from '../../runner/roll-back.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { cutOver } from '../../runner/steps/cut-over.ts';
import { finishTable } from '../../runner/steps/finish-table.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import { verify } from '../../runner/steps/verify.ts';
import { quantile } from '../compat/quantile.ts';
import { watchLocks } from './held.ts';
import type { Stage } from './stage.ts';
import { startWriters } from './writers.ts';

const records = 5_000;

export interface Swaps {
  readonly cutover_held_ms: { readonly p50: number; readonly p99: number };
  readonly cutover_client_worst_ms: number;
  readonly rollback_held_ms: { readonly p50: number; readonly p99: number };
  readonly rollback_client_worst_ms: number;
}

/** Whole runs over a small table, there and back, while four clients write: how long the swap holds the lock, and what clients feel. */
export async function measureSwaps(stage: Stage, count: number, say: (what: string) => void): Promise<Swaps> {
  say(`swapping ${count} times, there and back`);
  const url = await stage.database(records);
  const writers = startWriters(url, records);
  const [there, back]: [number[], number[]] = [[], []];
  const [worstThere, worstBack]: [number[], number[]] = [[], []];
  try {
    for (let swap = 0; swap < count; swap++) {
      const work = await stage.begin(url, { duty: 1 });
      try {
        for (const step of [makeShadow, startCapture, backfill, finishTable, verify]) await step(work);
        const held = watchLocks(work.client);
        await writers.latencies();
        await cutOver(work);
        worstThere.push(Math.max(0, ...(await writers.latencies())));
        there.push(...held);
        const before = held.length;
        await patiently(work, (attempt) => attemptSwapBack(work, attempt));
        worstBack.push(Math.max(0, ...(await writers.latencies())));
        back.push(...held.slice(before));
      } finally {
        await work.client.end();
      }
    }
  } finally {
    await writers.stop();
  }
  return {
    cutover_held_ms: { p50: round(quantile(there, 0.5)), p99: round(quantile(there, 0.99)) },
    cutover_client_worst_ms: round(Math.max(...worstThere)),
    rollback_held_ms: { p50: round(quantile(back, 0.5)), p99: round(quantile(back, 0.99)) },
    rollback_client_worst_ms: round(Math.max(...worstBack)),
  };
}

export function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
