import type { Client } from 'pg';
import type { Run } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { ensureLedger, readLedger } from './databases/postgres/ledger.ts';
import { namesOf } from './databases/postgres/names.ts';
import { checkTarget } from './databases/postgres/prechecks.ts';
import { hasRanges, surveyRanges } from './databases/postgres/ranges.ts';
import { qualified } from './databases/postgres/relation.ts';
import {
  countRecords,
  isRow,
  type RecordTable,
  readTable,
  recordTableOf,
  relationOf,
} from './databases/postgres/table.ts';
import { takeOver } from './databases/postgres/take-over.ts';
import { StepFailed } from './errors.ts';
import { patiently } from './patiently.ts';
import { readPlan } from './plan.ts';
import { noProgress, Progress } from './progress.ts';
import { readRows, rowVersionsOf } from './rows.ts';
import { shadowTableSteps } from './strategies/shadow-table.ts';
import { WindowGate } from './window-gate.ts';
import type { RunInHand, Work } from './work.ts';

/** All checks that need no write. Throws `StepFailed` with everything that stands in the way, at once. */
export async function precheck(client: Client, run: Run): Promise<RecordTable> {
  const plan = await readPlan(run);
  const { options, forward } = plan;
  const versions = run.target.document === undefined ? rowVersionsOf(run, plan) : undefined;
  const checked = await checkTarget(client, run.id, run.target, options, versions);
  if ('table' in checked && checked.table.document.type === 'json' && forward.script !== undefined) {
    throw new StepFailed(
      'check-failed',
      'A script cannot keep the text of a json column as it is: the order of members, digits beyond 2^53.',
      'Write the migration with operations or `sql:`, or make the column jsonb first.',
    );
  }
  if ('table' in checked) return checked.table;
  throw new StepFailed(
    'check-failed',
    `${checked.obstacles.map(({ problem }) => problem).join('. ')}.`,
    checked.obstacles.map(({ remedy }) => remedy).join(' '),
  );
}

/** Whether there is nothing to do. Where the columns are the properties, they change all the same. */
export async function isEmpty(client: Client, table: RecordTable): Promise<boolean> {
  if (isRow(table)) return false;
  const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${qualified(table)}) AS any`);
  return rows[0]?.any !== true;
}

/** The table in use, as it was checked before; for a run that is taken up again. */
export async function readRecordTable(client: Client, run: Pick<RunInHand, 'target'>): Promise<RecordTable> {
  const table = await readTable(client, relationOf(run.target));
  const records = table && recordTableOf(table, run.target);
  if (records === undefined) {
    throw new StepFailed(
      'table-gone',
      `The table ${qualified(relationOf(run.target))} is not what it was when the run began.`,
      'Do not drop or alter the table during a run.',
    );
  }
  return records;
}

/**
 * Takes the run over: a new epoch, by which every older runner's writes are refused from now on.
 * @param hold why it is not going to go on; then the table is not counted, which takes a look at all of it
 */
export async function prepareWork(
  context: Pick<RunnerContext, 'patience' | 'signal' | 'now' | 'sharing'> & {
    readonly registry: RunnerContext['registry'] | undefined;
  },
  run: RunInHand,
  client: Client,
  table: RecordTable,
  hold?: string,
): Promise<Work> {
  const { registry, patience, signal, sharing } = context;
  const progress = new Progress(registry, run, run.progress ?? noProgress(shadowTableSteps.length));
  const plan = await readPlan(run);
  await ensureLedger(client);
  const epoch = await patiently({ progress, patience, signal }, () => takeOver(client, run, table));
  const ledger = await readLedger(client, run.id);
  const ranges = (await hasRanges(client)) ? await surveyRanges(client, run.id, '') : undefined;
  const total =
    hold !== undefined && run.progress !== undefined
      ? run.progress.total
      : await patiently({ progress, patience, signal }, () => countRecords(client, table));
  await progress.report({
    total,
    records: Number(ledger?.copied ?? 0) + (ranges?.copied ?? 0),
    captured: Number(ledger?.captured ?? 0),
    batches: Number(ledger?.batches ?? 0) + (ranges?.batches ?? 0),
    runners: undefined,
    // What was said while it rested is over.
    hold,
    log: undefined,
  });
  const names = namesOf(run.id);
  const rows = await readRows(client, run, { plan, table, names });
  const gate = new WindowGate(context, run, client);
  return { run, plan, client, table, rows, names, epoch, progress, gate, patience, signal, sharing };
}
