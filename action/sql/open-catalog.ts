import { Client } from 'pg';
import type { Catalog } from '../../core/sql/catalog/catalog.ts';
import { checkAddress } from '../database/address.ts';
import { readCatalog } from './catalog/read-catalog.ts';

/** Reads the catalog of a database. Nothing is written and no table is read. Throws what pg throws, which may name the address. */
export async function openCatalog(address: string): Promise<Catalog> {
  const client = new Client({
    connectionString: checkAddress(address),
    connectionTimeoutMillis: 10_000,
    application_name: 'sluice lint',
    // Reading the catalog waits for nobody and nobody shall wait for it.
    options: '-c statement_timeout=30s -c lock_timeout=1s -c default_transaction_read_only=on',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await readCatalog(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
