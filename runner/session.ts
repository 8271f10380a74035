import type { Client } from 'pg';
import type { Run } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { lockRun } from './databases/postgres/ledger.ts';
import { StepFailed } from './errors.ts';
import { databaseVariable } from './settings.ts';

/** Another runner is at this run; try again later. */
export class Busy extends Error {
  override readonly name = 'Busy';
  constructor(runId: string) {
    super(`Another runner works on the run ${runId}.`);
  }
}

/** Opens the one session on the run's database and takes the run's lock, which ends with the session. Throws `Busy`. */
export async function openSession(context: RunnerContext, run: Run): Promise<Client> {
  const name = run.target.database;
  const url = context.databases(name);
  if (url === undefined) {
    throw new StepFailed(
      'no-database',
      `This runner has no address for the database \`${name}\`.`,
      `Set ${databaseVariable(name)} where the runner runs.`,
    );
  }
  const client = await connectTarget(url);
  try {
    if (await lockRun(client, run.id)) return client;
    throw new Busy(run.id);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
