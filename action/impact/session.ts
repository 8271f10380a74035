import { Client, escapeIdentifier } from 'pg';
import type { Target } from '../../core/configuration/configuration.ts';
import { checkAddress } from '../database/address.ts';
import { describeFailureOfStep } from '../database/describe-failure.ts';
import { ExpressionRefused } from './compute.ts';

const statementTimeout = 15_000;

/**
 * Runs something in a transaction that can only read, never waits long for a lock, and takes none that keeps writers or readers out.
 * Throws what pg throws: see `describeScanFailure`.
 */
export async function readOnly<Result>(address: string, read: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({
    connectionString: checkAddress(address),
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
    // What values of columns look like in JSON must not depend on who reads them; as in a run.
    await client.query(
      `SELECT set_config('lock_timeout', '2s', true), set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
         set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
         set_config('extra_float_digits', '1', true)`,
    );
    return await read(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The table's name, quoted for SQL. */
export function relationOf({ table }: Target): string {
  return table.split('.').map(escapeIdentifier).join('.');
}

/** The column is not one that holds documents, or a property. */
export class UnsuitableColumn extends Error {
  override readonly name = 'UnsuitableColumn';
  /** As PostgreSQL names it; undefined: there is no such column. */
  readonly type: string | undefined;
  /** The property, where columns are the properties. */
  readonly property: string | undefined;

  constructor(type: string | undefined, property?: string) {
    super(`A column of type ${type ?? '(none)'} holds neither documents nor a property`);
    this.type = type;
    this.property = property;
  }
}

/**
 * Why the records of a table could not be read and what to do about it, without addresses, passwords or values. Undefined: not the
 * database's doing.
 */
export function describeScanFailure(error: unknown, { name, table, key, document }: Target): string | undefined {
  const setting = (which: string): string => `correct \`targets.${name}.${which}\` in the configuration`;
  if (error instanceof UnsuitableColumn) {
    const { type, property } = error;
    if (property !== undefined) {
      return type === undefined
        ? `the property ${JSON.stringify(property)} of the old version has no column in ${table}; every property needs a column of its name`
        : `the column ${property} of ${table} is of type ${type}, which is not read as a property; leave it out of the schema`;
    }
    return `the column ${document ?? ''} of ${table} is of type ${error.type}, not json or jsonb; ${setting('document')}`;
  }
  if (error instanceof ExpressionRefused) {
    return `PostgreSQL does not take the SQL expression of the migration (${error.code}); correct it, a run would stop at it`;
  }
  const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
  if (code === '42P01' || code === '3F000') return `there is no table ${table}; ${setting('table')}, or the address`;
  if (code === '42703')
    return document === undefined
      ? `the table ${table} has no column ${key}; ${setting('key')}`
      : `the table ${table} has no column ${key} or ${document}; ${setting('key')}, or \`document\``;
  if (code === '42501') return `the user may not read the table ${table}; grant it SELECT`;
  if (code === '55P03') return `somebody keeps the table ${table} locked; run the job again later`;
  if (code === '57014') return `reading ${table} took too long; run the job again when the database is less busy`;
  // JavaScript's own message would hold a part of the record.
  if (error instanceof SyntaxError) return `a record of ${table} is no JSON that JavaScript can read`;
  return describeFailureOfStep(error);
}
