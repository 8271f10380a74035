import { Client } from 'pg';
import { InputError } from '../../core/input-error.ts';
import type { Catalog } from '../../core/sql/catalog/catalog.ts';
import { databaseVariable } from '../../runner/settings.ts';
import { readCatalog } from './catalog/read-catalog.ts';

/**
 * Reads the catalog of the database whose address is in the environment. Nothing is written and no table is read.
 * @throws InputError when there is no address, or the database does not answer
 */
export async function openCatalog(name: string, environment: NodeJS.ProcessEnv): Promise<Catalog> {
  const variable = databaseVariable(name);
  const connectionString = environment[variable];
  if (connectionString === undefined || connectionString === '') {
    throw new InputError(`There is no address for the database \`${name}\``, { remedy: `Set ${variable}.` });
  }
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'sluice lint',
    // Reading the catalog waits for nobody and nobody shall wait for it.
    options: '-c statement_timeout=30s -c lock_timeout=1s -c default_transaction_read_only=on',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await readCatalog(client);
  } catch (cause) {
    // The driver's own message may repeat the address, and with it a password.
    const code = (cause as { readonly code?: unknown }).code;
    throw new InputError(`The database \`${name}\` could not be read${typeof code === 'string' ? ` (${code})` : ''}`, {
      remedy: `Check the address in ${variable}, and that its user may read the catalog.`,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}
