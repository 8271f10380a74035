import type { Client } from 'pg';
import type { Target } from '../core/configuration/configuration.ts';
import type { RunnerContext } from './context.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { readTable, relationOf, type Table } from './databases/postgres/table.ts';

/** Milliseconds. */
const longestStatement = 60_000;

/**
 * Looks at the table of a target for those who decide, in a session that can write nothing. Undefined where this runner does not know the
 * database, or where there is no such table. Throws when it takes too long.
 */
export async function lookAtTable<Seen>(
  { databases }: Pick<RunnerContext, 'databases'>,
  target: Target,
  look: (client: Client, table: Table) => Promise<Seen>,
): Promise<Seen | undefined> {
  const url = databases(target.database);
  if (url === undefined) return undefined;
  const client = await connectTarget(url);
  try {
    await client.query(`SELECT set_config('default_transaction_read_only', 'on', false)`);
    await client.query(`SELECT set_config('statement_timeout', $1, false)`, [String(longestStatement)]);
    const table = await readTable(client, relationOf(target));
    return table && (await look(client, table));
  } finally {
    await client.end().catch(() => undefined);
  }
}
