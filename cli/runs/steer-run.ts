import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { defaultPatience, defaultRetention } from '../../runner/context.ts';
import { workingStates } from '../../runner/execute.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';
import { Busy } from '../../runner/session.ts';
import { databaseVariable, readRunnerSettings } from '../../runner/settings.ts';
import { steer, type Wish } from '../../runner/steer.ts';

/**
 * Steers a run and works on it here until it has come to rest, so that it also works where no runner is up. Where one is at it,
 * waits for it instead.
 */
export async function steerRun(registry: Pool, runId: string, wish: Wish): Promise<Run> {
  const { databases, backups } = readRunnerSettings(process.env);
  const stop = new AbortController();
  const run = await steer(registry, runId, wish, 'operator');
  if (databases(run.target.database) === undefined) {
    throw new InputError(`The address of the database ${run.target.database} is not known here`, {
      remedy: `Set ${databaseVariable(run.target.database)}. A runner that has it takes the run up by itself.`,
    });
  }
  const context = {
    registry,
    databases,
    backups,
    patience: defaultPatience,
    retention: defaultRetention,
    signal: stop.signal,
    report: (message: string) => process.stderr.write(`${message}\n`),
  };
  for (let told = false; ; ) {
    try {
      await executePersistently(context, runId);
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      if (!told) context.report('A runner works on this run: it does what was asked for. Waiting for it.');
      told = true;
      await sleep(200);
    }
    const now = await readRun(registry, runId);
    if (now === undefined) throw new Error(`The run ${runId} is gone.`);
    if (!workingStates.includes(now.state)) return now;
  }
}
