import type { Client } from 'pg';
import type { Change } from '../../core/compatibility/change.ts';
import type { CountQuery } from '../../core/impact/in-sql/count-query.ts';
import type { RecordSource } from './record-source.ts';

/** What PostgreSQL counted, of all records with a document. */
export interface DatabaseCount {
  readonly records: number;
  readonly failing: number;
  readonly invalidBefore: number;
  readonly byChange: ReadonlyMap<Change, number>;
  /** A few that fail, of the rarest changes above all, as far as they were found in time; and some that were there first. */
  readonly judged: readonly JudgedRow[];
}

/** A record with what PostgreSQL makes of it. */
export interface JudgedRow {
  readonly key: string;
  readonly document: string;
  readonly fails: boolean;
}

const longestLookup = 2_000;
const mostFirst = 200;

/**
 * Has PostgreSQL count, in one pass over the table and in a transaction that has begun. Undefined when it gives no answer in time.
 * @param time milliseconds for the count
 */
export async function countInTable(
  client: Client,
  source: RecordSource,
  query: CountQuery,
  time: number,
): Promise<DatabaseCount | undefined> {
  const counted = await within(client, time, () => countAll(client, source, query));
  return counted && { ...counted, judged: await judgedRows(client, source, query, counted.byChange) };
}

/** Undefined when PostgreSQL does not answer in time, or meets a value that it cannot read. */
async function within<Result>(client: Client, time: number, ask: () => Promise<Result>): Promise<Result | undefined> {
  await client.query('SAVEPOINT before');
  // One process of the server is enough for a number.
  await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
  await client.query(`SET LOCAL statement_timeout = ${Math.max(1, Math.round(time))}`);
  try {
    return await ask();
  } catch (error) {
    const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
    if (typeof code !== 'string' || !/^(?:22|23|40|42|53|54|57014)/.test(code)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before');
    return undefined;
  }
}

async function countAll(
  client: Client,
  source: RecordSource,
  { failing, invalidBefore, byChange }: CountQuery,
): Promise<Omit<DatabaseCount, 'judged'> | undefined> {
  const { rows: encodings } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  // Else the length of a text is counted in bytes.
  if (encodings[0]?.server_encoding !== 'UTF8') return undefined;
  const changes = [...byChange];
  const each = changes.map(([, sql], at) => `count(*) FILTER (WHERE fails AND ${sql})::float8 AS change_${at}`);
  const { rows } = await client.query<Record<string, number>>(
    `SELECT ${[
      'count(*)::float8 AS records',
      'count(*) FILTER (WHERE fails)::float8 AS failing',
      `count(*) FILTER (WHERE fails AND ${invalidBefore})::float8 AS before`,
      ...each,
    ].join(', ')}
     FROM (SELECT document, ${failing} AS fails FROM (${documentsOf(source)} OFFSET 0) AS stored OFFSET 0) AS judged`,
  );
  const [row = {}] = rows;
  return {
    records: row['records'] ?? 0,
    failing: row['failing'] ?? 0,
    invalidBefore: row['before'] ?? 0,
    byChange: new Map(
      changes
        .map(([change], at): [Change, number] => [change, row[`change_${at}`] ?? 0])
        .filter(([, count]) => count > 0),
    ),
  };
}

/** The rarest change first: its records are the ones that nobody would come upon. */
async function judgedRows(
  client: Client,
  source: RecordSource,
  { failing, byChange }: CountQuery,
  counts: ReadonlyMap<Change, number>,
): Promise<JudgedRow[]> {
  const rarest = [...counts].sort(([, a], [, b]) => a - b).slice(0, 3);
  const wanted = [
    ...rarest.map(([change]) => ({ where: byChange.get(change) ?? 'false', most: 2 })),
    { where: 'true', most: mostFirst },
  ];
  const found = new Map<string, JudgedRow>();
  for (const { where, most } of wanted) {
    const rows = await within(client, longestLookup, async () => {
      const answer = await client.query<JudgedRow>(
        `SELECT key, document::text AS document, ${failing} AS fails FROM (${documentsOf(source)}) AS stored WHERE ${where} LIMIT ${most}`,
      );
      return answer.rows;
    });
    for (const row of rows ?? []) if (!found.has(row.key)) found.set(row.key, row);
  }
  return [...found.values()];
}

function documentsOf({ from, key, document, where }: RecordSource): string {
  return `SELECT ${key} AS key, (${document})::jsonb AS document FROM ${from} WHERE ${where}`;
}
