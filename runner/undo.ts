import type { Client } from 'pg';
import type { Run } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import { cleanUp, cleanUpWithoutTable } from './clean-up.ts';
import type { RunnerContext } from './context.ts';
import { describeError, StepFailed } from './errors.ts';
import { prepareWork, readRecordTable } from './prepare.ts';

/** Drops what the run has made. Where somebody has dropped or altered the table, without looking at it. */
export async function undo(context: RunnerContext, run: Run, client: Client): Promise<void> {
  await inSight(context, run, async () => {
    try {
      const prepared = await prepareWork(context, run, client, await readRecordTable(client, run));
      await cleanUp(prepared);
    } catch (error) {
      if (!isTableGone(error) || !(await cleanUpWithoutTable(client, run))) throw error;
    }
    await advance(context.registry, run, run.state === 'failing' ? 'failed' : 'cancelled');
  });
}

/** What cannot go on without its table waits for a person, instead of being tried again for ever. */
export async function inSight(context: RunnerContext, run: Run, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isTableGone(error)) throw error;
    await waitForPerson(context, run, error);
  }
}

export function isTableGone(error: unknown): boolean {
  return error instanceof StepFailed && error.code === 'table-gone';
}

export async function waitForPerson(context: RunnerContext, run: Run, error: unknown): Promise<void> {
  await advance(context.registry, run, 'needs-attention', { error: describeError(error) });
}
