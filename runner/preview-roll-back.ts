import type { Client } from 'pg';
import type { Json } from '../core/schema/json.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { namesOf } from './databases/postgres/names.ts';
import { qualified, quoted } from './databases/postgres/relation.ts';
import type { Refusal } from './passage.ts';
import { readPlan } from './plan.ts';
import { readRecordTable } from './prepare.ts';

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
    const { back, losses } = await readPlan(run);
    const stuck: ({ key: string } & Refusal)[] = [];
    let written = 0;
    let stuckCount = 0;
    for await (const { key, now, then } of writtenSince(client, run, (document) => back.toSql(document))) {
      written += 1;
      const refusal = then === null ? back.refusal(now) : back.violation(then);
      if (refusal === undefined) continue;
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
  toSql: (document: string) => string,
) {
  const table = await readRecordTable(client, run);
  const [key, document] = [quoted(table.key.name), quoted(table.document.name)];
  let after: string | null = null;
  for (;;) {
    const page = await client.query<[string, string, string | null]>({
      text: `SELECT t.${key}::text, t.${document}::text, (${toSql(`t.${document}`)})::text
        FROM ${qualified(table)} AS t
        WHERE t.${document} IS NOT NULL AND EXISTS (SELECT FROM ${qualified(namesOf(run.id).backLog)} AS l WHERE l.key = t.${key})
          ${after === null ? '' : `AND t.${key} > $2::${table.key.type}`} ORDER BY t.${key} LIMIT $1`,
      values: after === null ? [pageSize] : [pageSize, after],
      rowMode: 'array',
    });
    const rows: [string, string, string | null][] = page.rows;
    for (const [id, now, then] of rows) {
      yield { key: id, now: JSON.parse(now) as Json, then: then === null ? null : (JSON.parse(then) as Json) };
    }
    after = rows.at(-1)?.[0] ?? null;
    if (rows.length < pageSize) return;
  }
}
