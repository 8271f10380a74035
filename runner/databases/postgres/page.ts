import type { Client } from 'pg';
import { keyColumns, keyList, keyRow, keyText, keyValue, valuesOf } from './keys.ts';
import { qualified, type Relation } from './relation.ts';
import type { RecordTable } from './table.ts';

/** A stretch of the key order: after one key (null: from the first), up to and including `end`. */
export interface Page {
  readonly end: string;
  readonly records: number;
}

/** Where the page of the next `size` records after a key ends; undefined: there are none. */
export async function nextPage(
  client: Client,
  table: RecordTable,
  from: Relation,
  after: string | null,
  size: number,
): Promise<Page | undefined> {
  const { key } = table;
  const descending = keyColumns(key, 'page').map((column) => `${column} DESC`);
  const { rows } = await client.query<{ end: string | null; records: string }>(
    `WITH page AS (
       SELECT ${keyList(key)} FROM ${qualified(from)}
       ${after === null ? '' : `WHERE ${keyRow(key)} > ${keyValue(key, 2)}`} ORDER BY ${keyList(key)} LIMIT $1
     )
     SELECT (SELECT ${keyText(key, 'page')} FROM page ORDER BY ${descending.join(', ')} LIMIT 1) AS "end",
       (SELECT count(*) FROM page) AS records`,
    after === null ? [size] : [size, ...valuesOf(key, after)],
  );
  const [page] = rows;
  return page === undefined || page.end === null ? undefined : { end: page.end, records: Number(page.records) };
}
