import type { Client } from 'pg';
import type { Json } from '../core/schema/json.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import type { Crossing } from './databases/postgres/crossing.ts';
import { existsIn, keyList, keyRow, keyText, keyValue, valuesOf } from './databases/postgres/keys.ts';
import { namesOf, type RunNames } from './databases/postgres/names.ts';
import { qualified, quoted, type Relation } from './databases/postgres/relation.ts';
import { tryRows } from './databases/postgres/rows/move-row.ts';
import { isRow, type RecordTable } from './databases/postgres/table.ts';
import type { Passage, Refusal } from './passage.ts';
import { readPlan } from './plan.ts';
import { readRecordTable } from './prepare.ts';
import { readRows } from './rows.ts';
import { backwardOf, passageFor } from './work.ts';

/** What a rollback would meet, before anybody decides on it. */
export interface RollBackPreview {
  /** Records that were written since the cutover and are still there. */
  readonly written: number;
  /** Those of them that cannot go back as they are; the first twenty. */
  readonly stuck: readonly ({ readonly key: string } & Refusal)[];
  readonly stuckCount: number;
  /** What records written since lose or keep on the way back, in words. */
  readonly losses: readonly string[];
}

const pageSize = 2000;

/** Tries the way back on every record that was written since the cutover, and writes nothing. */
export async function previewRollBack(url: string, run: RunOrder & { readonly id: string }): Promise<RollBackPreview> {
  const client = await connectTarget(url);
  try {
    const { losses, options } = await readPlan(run);
    const kept = options.invalid.action === 'keep' ? namesOf(run.id).quarantine : undefined;
    const stuck: ({ key: string } & Refusal)[] = [];
    let written = 0;
    let stuckCount = 0;
    for await (const { key, refusal, noted } of writtenSince(client, run, kept)) {
      written += 1;
      if (refusal === undefined || noted) continue;
      stuckCount += 1;
      if (stuck.length < 20) stuck.push({ key, ...refusal });
    }
    return { written, stuck, stuckCount, losses: [...losses, ...(await lostColumns(client, run))] };
  } finally {
    await client.end();
  }
}

/** The old table has no columns for what only the new version has. */
async function lostColumns(client: Client, run: RunOrder & { readonly id: string }): Promise<string[]> {
  const table = await readRecordTable(client, run);
  const rows = await readRows(client, run, { plan: await readPlan(run), table, names: namesOf(run.id) });
  const renamed = [...(rows?.back.renamed.values() ?? [])];
  return (rows?.back.leftOut ?? [])
    .filter((name) => !renamed.includes(name))
    .map((name) => `what ${name} holds, as far as the way back puts it nowhere else: the old table has no such column`);
}

interface Written {
  readonly key: string;
  /** Why it cannot go back; undefined: it can. */
  readonly refusal: Refusal | undefined;
  readonly noted: boolean;
}

async function* writtenSince(
  client: Client,
  run: RunOrder & { readonly id: string },
  kept: Relation | undefined,
): AsyncGenerator<Written, void> {
  const table = await readRecordTable(client, run);
  const names = namesOf(run.id);
  const plan = await readPlan(run);
  const read = isRow(table)
    ? rowsBack(client, backwardOf({ table, names, plan, rows: await readRows(client, run, { plan, table, names }) }))
    : documentsBack(client, table, plan.back, names, kept);
  let after: string | null = null;
  for (;;) {
    const { key } = table;
    const where: string = `${existsIn(key, names.backLog, 't')} ${after === null ? '' : `AND ${keyRow(key, 't')} > ${keyValue(key, 2)}`}`;
    const values: unknown[] = after === null ? [pageSize] : [pageSize, ...valuesOf(key, after)];
    const page: Written[] = await read(where, values);
    yield* page;
    after = page.at(-1)?.key ?? null;
    if (page.length < pageSize) return;
  }
}

/** Reads the next page of the table `t` under a condition; `$1` is how many at most. */
type ReadPage = (where: string, values: readonly unknown[]) => Promise<Written[]>;

function documentsBack(
  client: Client,
  table: RecordTable,
  back: Passage,
  names: RunNames,
  kept: Relation | undefined,
): ReadPage {
  const { key } = table;
  const document = `t.${quoted(table.document.name)}`;
  return async (where, values) => {
    const { rows } = await client.query<[string, string, string | null, boolean]>({
      text: `SELECT ${keyText(key, 't')}, ${document}::text, (${passageFor(back, table, names).toSql(document)})::text,
          ${kept === undefined ? 'false' : existsIn(key, kept, 't')}
        FROM ${qualified(table)} AS t WHERE ${document} IS NOT NULL AND ${where} ORDER BY ${keyList(key, 't')} LIMIT $1`,
      values: [...values],
      rowMode: 'array',
    });
    return rows.map(([key, now, then, noted]) => ({
      key,
      refusal: then === null ? back.refusal(JSON.parse(now) as Json) : back.violation(JSON.parse(then) as Json),
      noted,
    }));
  };
}

function rowsBack(client: Client, crossing: Crossing): ReadPage {
  const { table } = crossing;
  return async (where, values) => {
    const taken = `SELECT t.* FROM ${qualified(table)} AS t WHERE ${where} ORDER BY ${keyList(table.key, 't')} LIMIT $1`;
    return (await tryRows(client, crossing, taken, values)).map((row) => ({ ...row, noted: false }));
  };
}
