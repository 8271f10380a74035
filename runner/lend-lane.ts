import type { Client } from 'pg';
import { readRun } from '../registry/runs/read.ts';
import type { Run } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { namesOf } from './databases/postgres/names.ts';
import { hasRanges, LanesClosed, Revoked, surveyRanges } from './databases/postgres/ranges.ts';
import { describeError, isTransient } from './errors.ts';
import { readPlan } from './plan.ts';
import { readRecordTable } from './prepare.ts';
import { noProgress, Progress } from './progress.ts';
import { readRows } from './rows.ts';
import { copyBeside, type LaneWork } from './steps/copy-beside.ts';
import { verifyOrder } from './verify-order.ts';
import { OutsideWindow, WindowGate } from './window-gate.ts';
import { Stopped } from './work.ts';

/**
 * Copies beside the runner that has a run, as long as there is something to take. Believes neither whoever asked nor that runner: what would be copied is
 * verified against its approval once more. Does nothing where nobody is wanted, or where this runner has no address for the database. Throws
 * only what is worth trying again: lost connections. `goesOn`: whether it may take another range.
 */
export async function lendLane(
  context: RunnerContext,
  runId: string,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const { registry, databases } = context;
  const run = await readRun(registry, runId);
  const url = run?.state === 'backfilling' ? databases(run.target.database) : undefined;
  if (run === undefined || url === undefined) return;
  const client = await connectTarget(url);
  try {
    if (!(await isWanted(client, run.id))) return;
    const refusal = await verifyOrder(registry, run);
    if (refusal !== undefined) {
      context.report(`run ${run.id}: not copied beside: ${refusal.message}`);
      return;
    }
    const work = await prepareLane(context, run, client);
    const readState = async () => (await readRun(registry, run.id))?.state;
    await copyBeside(work, { readState, isPassing, goesOn });
  } catch (error) {
    if (isQuiet(error)) return;
    context.report(`run ${run.id}, copying beside: ${describeError(error).message}`);
    if (isTransient(error)) throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isWanted(client: Client, runId: string): Promise<boolean> {
  return (await hasRanges(client)) && (await surveyRanges(client, runId, '')).free > 0;
}

/** What the steps of a copy work with; nothing is told of it, that is for the runner that has the run. */
async function prepareLane(context: RunnerContext, run: Run, client: Client): Promise<LaneWork> {
  const { patience, signal } = context;
  const plan = await readPlan(run);
  const table = await readRecordTable(client, run);
  const names = namesOf(run.id);
  return {
    run,
    plan,
    client,
    table,
    names,
    rows: await readRows(client, run, { plan, table, names }),
    progress: new Progress(undefined, run, noProgress(0)),
    gate: new WindowGate(context, run, client),
    patience,
    signal,
  };
}

/** It would befall only this runner, or nobody: others may go on with the range. */
function isPassing(error: unknown): boolean {
  return isTransient(error) || isQuiet(error);
}

function isQuiet(error: unknown): boolean {
  return (
    error instanceof Stopped ||
    error instanceof OutsideWindow ||
    error instanceof LanesClosed ||
    error instanceof Revoked
  );
}
