import type { Client } from 'pg';
import type { Json } from '../core/schema/json.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { existsIn, keyList, keyRow, keyText, keyValue, valuesOf } from './databases/postgres/keys.ts';
import { namesOf } from './databases/postgres/names.ts';
import { qualified, quoted, type Relation } from './databases/postgres/relation.ts';
import type { Passage, Refusal } from './passage.ts';
import { readPlan } from './plan.ts';
import { readRecordTable } from './prepare.ts';
import { passageFor } from './work.ts';

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
    const { back, losses, options } = await readPlan(run);
    const kept = options.invalid.action === 'keep' ? namesOf(run.id).quarantine : undefined;
    const stuck: ({ key: string } & Refusal)[] = [];
    let written = 0;
    let stuckCount = 0;
    for await (const { key, now, then, noted } of writtenSince(client, run, back, kept)) {
      written += 1;
      const refusal = then === null ? back.refusal(now) : back.violation(then);
      if (refusal === undefined || noted) continue;
      stuckCount += 1;
      if (stuck.length < 20) stuck.push({ key, ...refusal });
    }
    return { written, stuck, stuckCount, losses };
  } finally {
    await client.end();
  }
}

async function* writtenSince(
  client: Client,
  run: RunOrder & { readonly id: string },
  back: Passage,
  kept: Relation | undefined,
) {
  const table = await readRecordTable(client, run);
  const { key } = table;
  const document = quoted(table.document.name);
  const passage = passageFor(back, table, namesOf(run.id));
  let after: string | null = null;
  for (;;) {
    const page = await client.query<[string, string, string | null, boolean]>({
      text: `SELECT ${keyText(key, 't')}, t.${document}::text, (${passage.toSql(`t.${document}`)})::text,
          ${kept === undefined ? 'false' : existsIn(key, kept, 't')}
        FROM ${qualified(table)} AS t
        WHERE t.${document} IS NOT NULL AND ${existsIn(key, namesOf(run.id).backLog, 't')}
          ${after === null ? '' : `AND ${keyRow(key, 't')} > ${keyValue(key, 2)}`} ORDER BY ${keyList(key, 't')} LIMIT $1`,
      values: after === null ? [pageSize] : [pageSize, ...valuesOf(key, after)],
      rowMode: 'array',
    });
    const rows: [string, string, string | null, boolean][] = page.rows;
    for (const [id, now, then, noted] of rows) {
      yield { key: id, now: JSON.parse(now) as Json, then: then === null ? null : (JSON.parse(then) as Json), noted };
    }
    after = rows.at(-1)?.[0] ?? null;
    if (rows.length < pageSize) return;
  }
}
