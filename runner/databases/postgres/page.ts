import type { Client } from 'pg';
import { qualified, quoted, type Relation } from './relation.ts';
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
  const key = quoted(table.key.name);
  const { rows } = await client.query<{ end: string | null; records: string }>(
    `WITH page AS (
       SELECT ${key} AS key FROM ${qualified(from)}
       ${after === null ? '' : `WHERE ${key} > $2::${table.key.type}`} ORDER BY ${key} LIMIT $1
     )
     SELECT (SELECT page.key::text FROM page ORDER BY page.key DESC LIMIT 1) AS "end", (SELECT count(*) FROM page) AS records`,
    after === null ? [size] : [size, after],
  );
  const [page] = rows;
  return page === undefined || page.end === null ? undefined : { end: page.end, records: Number(page.records) };
}
