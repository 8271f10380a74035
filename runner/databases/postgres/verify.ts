import type { Client } from 'pg';
import type { Crossing } from './crossing.ts';
import { qualified, quoted, type Relation } from './relation.ts';

export interface Difference {
  readonly key: string;
  readonly kind: 'missing' | 'surplus' | 'different';
}

/**
 * Compares transform(old) with new for all keys of a page, both ways and column by column, inside the database: exact to the
 * last digit. Records whose keys wait in the log are left out: they are about to be carried over. Up to ten differences.
 * `end` null: without an upper end.
 */
export async function comparePage(
  client: Client,
  crossing: Crossing,
  log: Relation,
  after: string | null,
  end: string | null,
): Promise<Difference[]> {
  const { table, from, to, passage } = crossing;
  const key = quoted(table.key.name);
  const values: string[] = [];
  const bound = (value: string) => `$${values.push(value)}::${table.key.type}`;
  const conditions = [
    ...(after === null ? [] : [`${key} > ${bound(after)}`]),
    ...(end === null ? [] : [`${key} <= ${bound(end)}`]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const columns = table.columns.filter((column) => !column.generated).map((column) => quoted(column.name));
  const expected = columns.map((column) =>
    column === quoted(table.document.name) ? passage.toSql(`source.${column}`) : `source.${column}`,
  );
  const { rows } = await client.query<Difference>(
    `SELECT coalesce(s.key, n.key)::text AS key,
       CASE WHEN n.key IS NULL THEN 'missing' WHEN s.key IS NULL THEN 'surplus' ELSE 'different' END AS kind
     FROM (SELECT ${key} AS key, ROW(${expected.join(', ')}) AS record FROM ${qualified(from)} AS source ${where}) AS s
     FULL JOIN (SELECT ${key} AS key, ROW(${columns.join(', ')}) AS record FROM ${qualified(to)} ${where}) AS n ON s.key = n.key
     WHERE (s.key IS NULL OR n.key IS NULL OR s.record OPERATOR(pg_catalog.*<>) n.record)
       AND NOT EXISTS (SELECT FROM ${qualified(log)} AS log WHERE log.key = coalesce(s.key, n.key) OR log.key IS NULL)
     LIMIT 10`,
    values,
  );
  return rows;
}

/** Whether the log holds a TRUNCATE that was not carried over yet. */
export async function hasTruncation(client: Client, log: Relation): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM ${qualified(log)} WHERE key IS NULL) AS any`,
  );
  return rows[0]?.any === true;
}
