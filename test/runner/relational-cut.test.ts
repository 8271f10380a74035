import { DatabaseError, type Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { type Cuts, cutConnections } from '../support/cut-connections.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { persist } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
import { createRowClaims, newRow, oldAsNew, oldRow, rowClaims } from '../support/relational.ts';
import { createTwin, differences } from '../support/workload.ts';

let registry: Pool;
let target: Pool;
let url: string;
let cuts: Cuts | undefined;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});
afterEach(() => cuts?.restore());

/** Writes that need not know the version of the rows; the twin is told in the same transaction. */
async function write(turn: number): Promise<void> {
  const writes = [
    (table: string) => `UPDATE ${table} SET note = 'n${turn}' WHERE id % 97 = ${turn % 97}`,
    (table: string) => `UPDATE ${table} SET id = ${10_000 + turn} WHERE id = ${turn * 3 + 1}`,
    (table: string) => `DELETE FROM ${table} WHERE id = ${turn * 3}`,
    (
      table: string,
    ) => `CREATE TEMP TABLE again AS SELECT * FROM ${table} WHERE id = 2; UPDATE again SET id = ${20_000 + turn};
      INSERT INTO ${table} SELECT * FROM again; DROP TABLE again`,
  ];
  const one = writes[turn % writes.length];
  try {
    await target.query(
      `SELECT set_config('lock_timeout', '20ms', true); ${['twin', 'claims'].map((table) => one?.(table)).join('; ')}`,
    );
  } catch (error) {
    // The runner holds a lock and waits for us, in this very thread.
    if (!(error instanceof DatabaseError) || error.code !== '55P03') throw error;
  }
}

it('loses, doubles and changes no row when the connection is cut after each statement, there and back', async () => {
  await createRowClaims(target, 1200);
  await createTwin(target);
  await target.query('CREATE VIEW holders AS SELECT id, holder FROM claims');
  const id = await orderClaims(registry, rowClaims);
  let turn = 0;
  cuts = cutConnections(target, 'after', () => write(++turn));
  expect(await persist(registry, url, id)).toBe('reversing');
  expect(cuts.cut.size).toBeGreaterThan(60);
  expect(await differences(target, oldAsNew, newRow)).toEqual([]);
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await persist(registry, url, id)).toBe('rolled-back');
  cuts.restore();
  expect(await differences(target, oldRow, oldRow)).toEqual([]);
  const { rows } = await target.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'sluice%' AND relkind = 'r'
     UNION ALL SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'sluice%'`,
  );
  expect(rows).toEqual([{ name: 'ledger' }]);
}, 180_000);
