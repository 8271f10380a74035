import { describe, expect, it } from 'vitest';
import { ChainCheck, type ChainVerdict } from '../../../core/audit/chain-check.ts';
import { readChain, readChainHead } from '../../../registry/audit/read-chain.ts';
import type { Database } from '../../../registry/database.ts';
import { migrateRegistry } from '../../../registry/migrate.ts';
import { registryMigrations } from '../../../registry/migrations/index.ts';
import { createTestDatabase } from '../../support/postgres.ts';

/** A registry as it was before events were chained, with so many of them. */
async function earlierRegistry(events: number): Promise<Awaited<ReturnType<typeof createTestDatabase>>> {
  const database = await createTestDatabase();
  const { pool } = database;
  await pool.query('CREATE SCHEMA sluice');
  await pool.query(
    'CREATE TABLE sluice.migrations (id integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())',
  );
  for (const { id, sql } of registryMigrations.filter((migration) => migration.id < 3)) {
    await pool.query(sql);
    await pool.query('INSERT INTO sluice.migrations (id) VALUES ($1)', [id]);
  }
  await pool.query(
    `INSERT INTO sluice.events (kind, repository, actor, subject, data)
     SELECT 'approval.given', 'acme/claims', 'platform-engineer', 'pull request ' || n, jsonb_build_object('head', n, 'f', n / 7.0)
     FROM generate_series(1, $1) n`,
    [events],
  );
  return database;
}

async function verdict(pool: Database): Promise<ChainVerdict> {
  const check = new ChainCheck();
  for await (const each of readChain(pool)) check.add(each);
  return check.finish(await readChainHead(pool));
}

describe('events that were recorded before there was a chain', () => {
  it('get their places in the order of their recording, and the chain says that it began after them', async () => {
    const { pool } = await earlierRegistry(2_500);
    await migrateRegistry(pool);
    expect(await verdict(pool)).toMatchObject({ checked: 2_501, findings: [] });
    const { rows } = await pool.query<{ same: boolean }>(
      `SELECT bool_and(subject = 'pull request ' || sequence) AS same FROM sluice.events WHERE kind = 'approval.given'`,
    );
    expect(rows).toEqual([{ same: true }]);
    const last = await pool.query('SELECT kind, data FROM sluice.events WHERE sequence = 2501');
    expect(last.rows).toMatchObject([{ kind: 'audit.chained', data: { events: 2_500 } }]);
  });

  it('cannot be changed any more afterwards', async () => {
    const { pool } = await earlierRegistry(3);
    await migrateRegistry(pool);
    await expect(pool.query("UPDATE sluice.events SET actor = 'developer'")).rejects.toMatchObject({ code: '42501' });
  });

  it('leave no trace when there were none', async () => {
    const { pool } = await earlierRegistry(0);
    await migrateRegistry(pool);
    expect(await verdict(pool)).toMatchObject({ checked: 0, findings: [] });
  });
});
