import type { Pool } from 'pg';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { isTransient } from '../../runner/errors.ts';
import { executeRun } from '../../runner/execute.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';
import { runnerContext } from './runner.ts';

/** Brings a run as far as it can go, in small batches, and gives it back as it is then. */
export async function proceed(registry: Pool, url: string, id: string): Promise<Run> {
  const context = runnerContext(registry, url);
  await executePersistently({ ...context, patience: { ...context.patience, batchTime: 5, duty: 1 } }, id);
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

/** Its state, or why it failed. */
export async function outcomeOf(registry: Pool, url: string, id: string): Promise<string> {
  const { state, error } = await proceed(registry, url, id);
  return error === undefined ? state : `${state}: ${error.message}`;
}

/** Takes the run up again after every lost connection, as a runner does. */
export async function persist(registry: Pool, url: string, id: string): Promise<string | undefined> {
  for (let attempt = 1; attempt < 400; attempt++) {
    try {
      await executeRun(runnerContext(registry, url), id);
      const run = await readRun(registry, id);
      return run?.error === undefined ? run?.state : `${run.state}: ${run.error.message}`;
    } catch (error) {
      if (!isTransient(error) && !(error instanceof Error && error.name === 'Busy')) throw error;
    }
  }
  return 'never came to an end';
}
