import { Client, escapeIdentifier } from 'pg';
import type { Target } from '../../core/configuration/configuration.ts';
import { describeFailure } from '../database/describe-failure.ts';

export interface ScanLimits {
  /** Records that are read at most. */
  readonly records: number;
  /** Milliseconds after which reading stops. */
  readonly time: number;
}

const recordsPerFetch = 2_000;
const statementTimeout = 15_000;

/**
 * Reads the records of a table, one by one, in a read-only transaction that never waits long for a lock. Records without a document are
 * none. Returns whether all were read. Throws what pg throws: see `describeFailure`.
 */
export async function scanRecords(
  address: string,
  target: Target,
  limits: ScanLimits,
  see: (key: string, document: string) => void,
): Promise<boolean> {
  const client = new Client({
    connectionString: address,
    application_name: 'sluice-action',
    connectionTimeoutMillis: 10_000,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + 5_000,
  });
  // An idle connection that breaks must not take the process with it; the next query reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`BEGIN READ ONLY`);
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await client.query(declareCursor(target));
    return await readOn(client, limits, see);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readOn(
  client: Client,
  limits: ScanLimits,
  see: (key: string, document: string) => void,
): Promise<boolean> {
  const end = performance.now() + limits.time;
  let left = limits.records;
  while (left > 0 && performance.now() < end) {
    const wanted = Math.min(recordsPerFetch, left);
    const rows = await fetchRecords(client, wanted);
    for (const { key, document } of rows) see(key, document);
    if (rows.length < wanted) return true;
    left -= rows.length;
  }
  return (await fetchRecords(client, 1)).length === 0;
}

async function fetchRecords(client: Client, count: number): Promise<{ key: string; document: string }[]> {
  const { rows } = await client.query<{ key: string; document: string }>(`FETCH ${count} FROM records`);
  return rows;
}

function declareCursor({ table, key, document }: Target): string {
  const relation = table.split('.').map(escapeIdentifier).join('.');
  const [keyColumn, documentColumn] = [escapeIdentifier(key), escapeIdentifier(document)];
  return `DECLARE records NO SCROLL CURSOR FOR
    SELECT ${keyColumn}::text AS key, ${documentColumn}::text AS document FROM ${relation} WHERE ${documentColumn} IS NOT NULL`;
}

/** Why the records of a table could not be read, without addresses, passwords or values. Undefined: not the database's doing. */
export function describeScanFailure(error: unknown, { table, key, document }: Target): string | undefined {
  const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
  if (code === '42P01' || code === '3F000') return `there is no table ${table}`;
  if (code === '42703') return `the table ${table} has no column ${key} or ${document}`;
  if (code === '42501') return `the user may not read the table ${table}`;
  if (code === '57014' || code === '55P03') return `reading ${table} took too long`;
  return describeFailure(error);
}
