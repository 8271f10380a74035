import type { Pool } from 'pg';
import { InputError } from '../core/input-error.ts';
import { inTransaction } from './database.ts';
import { registryMigrations } from './migrations/index.ts';

/** 'SLUI' in ASCII: whoever migrates holds this lock, so that two starting processes take turns. */
const lockKey = 0x534c5549;

/**
 * Brings the registry's tables up to date. Safe to call at every start, by many processes at once. Returns the ids it applied. Throws `InputError` where
 * a newer Sluice has changed them.
 */
export async function migrateRegistry(pool: Pool): Promise<number[]> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    await client.query('CREATE SCHEMA IF NOT EXISTS sluice');
    await client.query(
      'CREATE TABLE IF NOT EXISTS sluice.migrations (id integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ id: number }>('SELECT id FROM sluice.migrations');
    const known = new Set(registryMigrations.map(({ id }) => id));
    const newer = rows.find(({ id }) => !known.has(id));
    if (newer !== undefined) {
      throw new InputError(`The registry was set up by a newer Sluice: its change ${newer.id} is unknown here`, {
        remedy: 'Update this Sluice to the version that the others have.',
      });
    }
    const applied = new Set(rows.map(({ id }) => id));
    const missing = registryMigrations.filter(({ id }) => !applied.has(id));
    for (const { id, sql, then } of missing) {
      await client.query(sql);
      await then?.(client);
      await client.query('INSERT INTO sluice.migrations (id) VALUES ($1)', [id]);
    }
    return missing.map(({ id }) => id);
  });
}
