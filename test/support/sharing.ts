import type { Pool } from 'pg';
import type { RunnerContext } from '../../runner/context.ts';
import { lendLane } from '../../runner/lend-lane.ts';
import { runnerContext } from './runner.ts';

export interface Shared {
  /** Of the runner that has the run; it asks the others. */
  readonly context: RunnerContext;
  /** Waits for the others to end. */
  readonly settle: () => Promise<void>;
}

/** A runner in small ranges and batches, and others that copy beside it, each in a session of its own, whenever it asks. */
export function sharedContext(
  registry: Pool,
  url: string,
  {
    portion = 400,
    others = 2,
    now,
  }: { readonly portion?: number; readonly others?: number; readonly now?: () => Date } = {},
): Shared {
  const own = runnerContext(registry, url, { now });
  const context = { ...own, patience: { ...own.patience, batchTime: 5, duty: 1 } };
  const lending = new Set<Promise<void>>();
  const invite = (runId: string) => {
    while (lending.size < others) {
      const lane = lendLane(context, runId).catch(() => undefined);
      lending.add(lane);
      void lane.finally(() => lending.delete(lane));
    }
  };
  return {
    context: { ...context, sharing: { portion, invite } },
    settle: async () => {
      await Promise.all(lending);
    },
  };
}
