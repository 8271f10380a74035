import type { Client } from 'pg';
import { keyColumns, keyList, keyRow, keyText, keyValue, valuesOf } from './keys.ts';
import { qualified, type Relation } from './relation.ts';
import type { RecordTable } from './table.ts';

/** A stretch of the key order: after one key (null: from the first), up to and including `end`. */
export interface Page {
  readonly end: string;
  readonly records: number;
}

/** Where the page of the next `size` records after a key ends, none of them behind `until`; undefined: there are none. */
export async function nextPage(
  client: Client,
  table: RecordTable,
  from: Relation,
  after: string | null,
  size: number,
  until: string | null = null,
): Promise<Page | undefined> {
  const { key } = table;
  const bounds = [
    ...(after === null ? [] : [`${keyRow(key)} > ${keyValue(key, 2)}`]),
    ...(until === null ? [] : [`${keyRow(key)} <= ${keyValue(key, 2 + (after === null ? 0 : key.length))}`]),
  ];
  const descending = keyColumns(key, 'page').map((column) => `${column} DESC`);
  const { rows } = await client.query<{ end: string | null; records: string }>(
    `WITH page AS (
       SELECT ${keyList(key)} FROM ${qualified(from)}
       ${bounds.length === 0 ? '' : `WHERE ${bounds.join(' AND ')}`} ORDER BY ${keyList(key)} LIMIT $1
     )
     SELECT (SELECT ${keyText(key, 'page')} FROM page ORDER BY ${descending.join(', ')} LIMIT 1) AS "end",
       (SELECT count(*) FROM page) AS records`,
    [size, ...[after, until].flatMap((text) => (text === null ? [] : valuesOf(key, text)))],
  );
  const [page] = rows;
  return page === undefined || page.end === null ? undefined : { end: page.end, records: Number(page.records) };
}

/** A stretch of the key order that is too long to be a page. */
export interface Stretch {
  readonly end: string;
  /** Nothing came behind it. */
  readonly last: boolean;
}

/** Where the stretch of the next `size` records after a key ends; undefined: there are none. One walk over the index, that keeps nothing. */
export async function nextStretch(
  client: Client,
  table: RecordTable,
  from: Relation,
  after: string | null,
  size: number,
): Promise<Stretch | undefined> {
  const { key } = table;
  const behind = `FROM ${qualified(from)} AS source ${after === null ? '' : `WHERE ${keyRow(key, 'source')} > ${keyValue(key, 1)}`}`;
  const values = after === null ? [] : valuesOf(key, after);
  const keyAt = async (order: string) => {
    const text = `SELECT ${keyText(key, 'source')} AS sluice_key ${behind} ORDER BY ${order}`;
    return (await client.query<{ sluice_key: string }>(text, values)).rows[0]?.sluice_key;
  };
  const end = await keyAt(`${keyList(key, 'source')} OFFSET ${size - 1} LIMIT 1`);
  if (end !== undefined) return { end, last: false };
  const last = await keyAt(
    `${keyColumns(key, 'source')
      .map((column) => `${column} DESC`)
      .join(', ')} LIMIT 1`,
  );
  return last === undefined ? undefined : { end: last, last: true };
}
