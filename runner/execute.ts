import type { Client } from 'pg';
import type { RunState } from '../core/migration/states.ts';
import { unreachable } from '../core/unreachable.ts';
import { appendOutbox } from '../registry/outbox.ts';
import { runQueue } from '../registry/runs/create.ts';
import { readRun } from '../registry/runs/read.ts';
import type { Run } from '../registry/runs/run.ts';
import { waitsOf } from '../registry/waits.ts';
import { advance } from './advance.ts';
import { backUp } from './backup.ts';
import { begin } from './begin.ts';
import { cleanUp } from './clean-up.ts';
import { completeRun } from './complete.ts';
import type { RunnerContext } from './context.ts';
import { checkFence, readLedger, setPhase } from './databases/postgres/ledger.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { describeError, isTransient } from './errors.ts';
import { fail, isPassing } from './fail.ts';
import { prepareWork, readRecordTable } from './prepare.ts';
import { Superseded } from './progress.ts';
import { publishRun } from './publish.ts';
import { endRehearsal, isRehearsal } from './rehearsal.ts';
import { rollBack } from './roll-back.ts';
import { openSession } from './session.ts';
import { carryOverGently } from './steps/carry-over.ts';
import { validateReferences } from './steps/validate-references.ts';
import { hasHappened, shadowTableSteps } from './strategies/shadow-table.ts';
import { inSight, isTableGone, undo, waitForPerson } from './undo.ts';
import { verifyOrder } from './verify-order.ts';
import { holdOf, keepToWindow, OutsideWindow, WindowGate } from './window-gate.ts';
import type { Work } from './work.ts';

/** States in which a runner has something to do. */
export const workingStates: readonly RunState[] = [
  'planned',
  'prechecking',
  'shadowing',
  'capturing',
  'backfilling',
  'verifying',
  'cutting-over',
  'failing',
  'cancelling',
  'rolling-back',
  'completing',
];

/**
 * Brings a run as far as it can go without a person: from where it is to `reversing`, or to a clean failure. May be called
 * again at any time and after any crash. Throws what is worth trying again: `Busy`, lost connections, `Stopped`.
 */
export async function executeRun(context: RunnerContext, runId: string): Promise<void> {
  for (;;) {
    const run = await readRun(context.registry, runId);
    if (run === undefined || !workingStates.includes(run.state)) return;
    // Runners look again every minute at what is unfinished, and at once when the last condition is met.
    if (hasWrittenNothing(run) && (await waitsOf(context.registry, run, context.now?.())).length > 0) return;
    try {
      await proceed(context, run);
    } catch (error) {
      if (error instanceof OutsideWindow) return;
      // A person paused or cancelled it: look again at what it is now.
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

function hasWrittenNothing({ state }: Run): boolean {
  return state === 'planned' || state === 'prechecking';
}

async function proceed(context: RunnerContext, run: Run): Promise<void> {
  const { registry } = context;
  if (run.state === 'planned') {
    const refusal = await verifyOrder(registry, run);
    if (refusal === undefined) await advance(registry, run, 'prechecking', { step: 'checking the database' });
    else await fail(registry, run, refusal);
    return;
  }
  let client: Client;
  try {
    client = await openSession(context, run);
  } catch (error) {
    if (run.state !== 'prechecking' || isTransient(error) || isPassing(error)) throw error;
    await fail(registry, run, describeError(error));
    return;
  }
  try {
    await proceedLocked(context, await mustRead(context, run), client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** With the lock, so nobody else moves the run but people. */
async function proceedLocked(context: RunnerContext, run: Run, client: Client): Promise<void> {
  switch (run.state) {
    case 'prechecking':
      return begin(context, run, client);
    case 'shadowing':
    case 'capturing':
    case 'backfilling':
    case 'verifying':
    case 'cutting-over':
      return work(context, run, client);
    case 'failing':
    case 'cancelling':
      return undo(context, run, client);
    case 'rolling-back':
      return inSight(context, run, () => rollBack(context, run, client));
    case 'completing':
      return inSight(context, run, () => completeRun(context, run, client));
    // Nothing to do without a person.
    case 'planned':
    case 'paused':
    case 'reversing':
    case 'completed':
    case 'rolled-back':
    case 'cancelled':
    case 'failed':
    case 'needs-attention':
      return undefined;
    default:
      return unreachable(run.state);
  }
}

async function work(context: RunnerContext, run: Run, client: Client): Promise<void> {
  let prepared: Work;
  try {
    const hold = holdOf(await new WindowGate(context, run, client).look());
    prepared = await prepareWork(context, run, client, await readRecordTable(client, run), hold);
  } catch (error) {
    if (!isTableGone(error)) throw error;
    const phase = (await readLedger(client, run.id))?.phase;
    // Then the new table is what is gone, and the old one is all there is: nothing of it is dropped.
    if (phase === 'swapped') await waitForPerson(context, run, error);
    else await fail(context.registry, run, describeError(error), 'failing');
    return;
  }
  let current = run;
  try {
    // It was held, who knows how long: what was verified is verified again.
    if (run.state === 'backfilling') await reopenVerification(prepared);
    for (const [index, step] of shadowTableSteps.entries()) {
      if (step.phase === 'swapped' && isRehearsal(run, prepared.plan)) {
        await endRehearsal(context, current, prepared);
        return;
      }
      const { phase } = await mustReadLedger(client, run.id);
      if (hasHappened(step, phase)) continue;
      await keepToWindow(prepared, () => carryOverGently(prepared, phase));
      if (step.phase === 'shadowed' && !isRehearsal(run, prepared.plan)) await backUp(context, run, prepared);
      if (current.state !== step.state)
        current = await advance(context.registry, current, step.state, { step: step.title });
      await prepared.progress.report({ step: index + 1 }, step.title, true);
      await step.run({ ...prepared, run: current });
    }
  } catch (error) {
    await giveUp(context, current, prepared, error);
    return;
  }
  for (const { name } of await validateReferences(prepared)) {
    context.report(`run ${run.id}: the foreign key ${name} could not be validated and is NOT VALID now`);
  }
  current = await catchUpStates(context, current);
  await prepared.progress.report({ remaining: 0, hold: undefined }, 'the new table is in use', true);
  await advance(context.registry, current, 'reversing', {
    also: async (db) => {
      await publishRun(db, run);
      const data = { runId: run.id };
      await appendOutbox(db, {
        queue: runQueue,
        name: 'complete',
        key: `complete-${run.id}`,
        data,
        delay: prepared.plan.options.backup === 'none' ? 0 : context.retention,
      });
    },
  });
}

async function reopenVerification({ client, run, epoch }: Work): Promise<void> {
  await transaction(client, async () => {
    await checkFence(client, run.id, epoch);
    if ((await mustReadLedger(client, run.id)).phase === 'verified') await setPhase(client, run.id, 'indexed');
  });
}

/** After a crash the ledger may be ahead of the registry: its word is the truth, the registry follows state by state. */
async function catchUpStates(context: RunnerContext, run: Run): Promise<Run> {
  const states = [...new Set(shadowTableSteps.map(({ state }) => state))];
  let current = run;
  for (const state of states.slice(states.indexOf(run.state) + 1)) {
    current = await advance(context.registry, current, state);
  }
  return current;
}

/** Not worth trying again: all is undone, the table in use was never touched. */
async function giveUp(context: RunnerContext, run: Run, prepared: Work, error: unknown): Promise<void> {
  if (isTransient(error) || isPassing(error)) throw error;
  const { phase } = await mustReadLedger(prepared.client, run.id);
  // The swap has happened: nothing is given up any more.
  if (phase === 'swapped') throw error;
  context.report(`run ${run.id} failed: ${describeError(error).message}`);
  // As far as it came, which may be further than was told last.
  await prepared.progress.report({ hold: undefined }, undefined, true);
  const failing = await fail(
    context.registry,
    { ...run, progress: prepared.progress.figures },
    describeError(error),
    'failing',
  );
  await cleanUp(prepared);
  await advance(context.registry, failing, 'failed');
}

async function mustRead(context: RunnerContext, run: Run): Promise<Run> {
  const read = await readRun(context.registry, run.id);
  if (read === undefined) throw new Error(`The run ${run.id} is gone.`);
  return read;
}

async function mustReadLedger(client: Client, runId: string) {
  const ledger = await readLedger(client, runId);
  if (ledger === undefined) throw new Error(`The ledger has no row for the run ${runId}.`);
  return ledger;
}
