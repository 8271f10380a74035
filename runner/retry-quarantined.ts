import type { Client } from 'pg';
import type { Json } from '../core/schema/json.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import type { Crossing } from './databases/postgres/crossing.ts';
import { createInOrder, dropInOrder } from './databases/postgres/json-column.ts';
import { hasLedger, lockRun, readLedger } from './databases/postgres/ledger.ts';
import { namesOf } from './databases/postgres/names.ts';
import { dropQuarantine, hasQuarantine, type Refused } from './databases/postgres/quarantine.ts';
import { qualified } from './databases/postgres/relation.ts';
import {
  convertKept,
  dropNotes,
  dropVanishedNotes,
  insertQuarantined,
  type Quarantined,
  readQuarantined,
} from './databases/postgres/retry.ts';
import { insertQuarantinedRows, tryQuarantinedRows } from './databases/postgres/rows/retry-rows.ts';
import { isRow, type RecordTable, readTable } from './databases/postgres/table.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { StepFailed } from './errors.ts';
import type { Passage, Refusal } from './passage.ts';
import { type RunPlan, readPlan } from './plan.ts';
import { readRecordTable } from './prepare.ts';
import { readRows } from './rows.ts';
import { Busy } from './session.ts';
import { forwardOf, passageFor } from './work.ts';

export interface RetryResult {
  /** Records that are in the table in use now, valid under the new version. */
  readonly moved: number;
  /** Those that still cannot be; the first twenty. */
  readonly left: readonly Refused[];
  readonly leftCount: number;
}

const pageSize = 500;

/**
 * Tries the records that a run has set aside once more, alone, after its cutover: with the transform and both checks, as they are in
 * the quarantine (or, where they were kept, in the table). Undefined: nothing of this run is set aside, or its cutover has not
 * happened or was taken back.
 */
export async function retryQuarantined(
  url: string,
  run: RunOrder & { readonly id: string },
): Promise<RetryResult | undefined> {
  const client = await connectTarget(url);
  try {
    const { quarantine } = namesOf(run.id);
    if (!(await hasLedger(client)) || !(await hasQuarantine(client, quarantine))) return undefined;
    if (!(await lockRun(client, run.id))) throw new Busy(run.id);
    const phase = (await readLedger(client, run.id))?.phase;
    if (phase !== 'swapped' && phase !== 'completed') return undefined;
    const result = await retryAll(client, run);
    // The run itself needs it no more.
    if (phase === 'completed') await dropInOrder(client, namesOf(run.id).inOrder);
    return result;
  } finally {
    await client.end();
  }
}

async function retryAll(client: Client, run: RunOrder & { readonly id: string }): Promise<RetryResult> {
  const { quarantine } = namesOf(run.id);
  const plan = await readPlan(run);
  const { forward, options } = plan;
  const table = await readRecordTable(client, run);
  const rowCrossing = await rowsFromQuarantine(client, run, plan, table);
  const passage = passageFor(forward, table, namesOf(run.id));
  if (table.document.type === 'json') await createInOrder(client, namesOf(run.id).inOrder);
  const retry = { table, quarantine, passage };
  const kept = options.invalid.action === 'keep';
  if (kept) await dropVanishedNotes(client, retry);
  const left: Refused[] = [];
  let moved = 0;
  let leftCount = 0;
  for (let after: string | null = null; ; ) {
    const from: string | null = after;
    const page: Judged[] = await transaction(client, async () => {
      if (rowCrossing !== undefined) return retryRows(client, rowCrossing, from);
      const rows = await readQuarantined(client, retry, kept, from, pageSize);
      const judged = rows.map((row) => ({ key: row.key, refusal: refusalOf(passage, row, kept) }));
      const good = judged.flatMap(({ key, refusal }) => (refusal === undefined ? [key] : []));
      if (kept)
        await convertKept(
          client,
          retry,
          good.filter((key) => needsConversion(passage, rows, key)),
        );
      const done = kept ? new Set(good) : await insertQuarantined(client, retry, good);
      await dropNotes(client, retry, [...done]);
      return judged.map(({ key, refusal }) => ({ key, refusal: refusal ?? (done.has(key) ? undefined : taken) }));
    });
    for (const { key, refusal } of page) {
      if (refusal === undefined) moved += 1;
      else {
        leftCount += 1;
        if (left.length < 20) left.push({ key, ...refusal });
      }
    }
    after = page.at(-1)?.key ?? null;
    if (page.length < pageSize) break;
  }
  if (leftCount === 0) await dropQuarantine(client, quarantine);
  return { moved, left, leftCount };
}

/** Undefined: the records are documents. */
async function rowsFromQuarantine(
  client: Client,
  run: RunOrder & { readonly id: string },
  plan: RunPlan,
  table: RecordTable,
): Promise<Crossing | undefined> {
  if (!isRow(table)) return undefined;
  const names = namesOf(run.id);
  const old = await readTable(client, { schema: names.oldSchema, name: table.name });
  if (old === undefined) {
    throw new StepFailed(
      'table-gone',
      'The old table is gone, and with it what is known of the columns of the rows that were set aside.',
      `Put them into the table by SQL: they are in ${qualified(names.quarantine)}.`,
    );
  }
  const crossing = forwardOf({ table, names, plan, rows: await readRows(client, run, { plan, table, names }) });
  return { ...crossing, from: names.quarantine, to: table };
}

async function retryRows(client: Client, crossing: Crossing, after: string | null): Promise<Judged[]> {
  const judged = await tryQuarantinedRows(client, crossing, after, pageSize);
  const good = judged.flatMap(({ key, refusal }) => (refusal === undefined ? [key] : []));
  const done = await insertQuarantinedRows(client, crossing, good);
  await dropNotes(client, { table: crossing.table, quarantine: crossing.from }, [...done]);
  return judged.map(({ key, refusal }) => ({ key, refusal: refusal ?? (done.has(key) ? undefined : taken) }));
}

interface Judged {
  readonly key: string;
  readonly refusal: Refusal | undefined;
}

const taken = { pointer: '', reason: 'has a key, or another unique value, that a newer record uses' };

function refusalOf(passage: Passage, row: Quarantined, kept: boolean): Refusal | undefined {
  if (row.now === null || (kept && isValid(passage, row.now))) return undefined;
  if (row.then === null) return passage.refusal(JSON.parse(row.now) as Json);
  return passage.violation(JSON.parse(row.then) as Json);
}

/** A kept record may have been corrected in its place: then there is nothing to convert. */
function needsConversion(passage: Passage, rows: readonly Quarantined[], key: string): boolean {
  const now = rows.find((row) => row.key === key)?.now ?? null;
  return now !== null && !isValid(passage, now);
}

function isValid(passage: Passage, text: string): boolean {
  return passage.violation(JSON.parse(text) as Json) === undefined;
}
