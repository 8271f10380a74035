import { DatabaseError, type Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listVersions } from '../../registry/versions.ts';
import { readPlan } from '../../runner/plan.ts';
import { steer } from '../../runner/steer.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
import { type Cuts, cutConnections } from '../support/cut-connections.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { persist } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
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

/** An application that writes something of each kind; its twin is told in the same transaction. */
function application(): () => Promise<void> {
  let turn = 0;
  return async () => {
    turn += 1;
    const on = (sql: (table: string) => string) =>
      `SELECT set_config('lock_timeout', '20ms', true); ${['twin', 'claims'].map(sql).join('; ')}`;
    const writes = [
      on((table) => `UPDATE ${table} SET document = document || '{"note":"${turn}"}' WHERE id % 97 = ${turn % 97}`),
      on((table) => `UPDATE ${table} SET id = ${10_000 + turn} WHERE id = ${turn * 3 + 1}`),
      on((table) => `DELETE FROM ${table} WHERE id = ${turn * 3}`),
      on(
        (table) => `INSERT INTO ${table} SELECT ${20_000 + turn}, document, region, created FROM ${table} WHERE id = 1`,
      ),
    ];
    try {
      await target.query(writes[turn % writes.length] ?? '');
    } catch (error) {
      // The runner holds a lock and waits for us, in this very thread.
      if (!(error instanceof DatabaseError) || error.code !== '55P03') throw error;
    }
  };
}

it.each(['before', 'after'] as const)(
  'loses, doubles and changes nothing when the connection is cut %s each statement, there and back',
  async (when) => {
    await createClaims(target, { rows: 1500, key: 'bigint', keyValue: 'n' });
    await createTwin(target);
    await target.query(`CREATE TABLE payments (claim bigint REFERENCES claims ON DELETE CASCADE ON UPDATE CASCADE);
      CREATE VIEW amounts AS SELECT id, document FROM claims; CREATE INDEX regions ON claims (region)`);
    const id = await orderClaims(registry);
    cuts = cutConnections(target, when, application());
    expect(await persist(registry, url, id)).toBe('reversing');
    expect(cuts.cut.size).toBeGreaterThan(60);
    const { forward } = await readPlan(claimOrder());
    expect(await differences(target, forward.toSql('document'))).toEqual([]);
    expect(await listVersions(registry, { repository: 'acme/claims' })).toHaveLength(1);
    await steer(registry, id, 'rollback', 'platform-engineer');
    expect(await persist(registry, url, id)).toBe('rolled-back');
    cuts.restore();
    expect(await differences(target, "document - 'policy_number'", "document - 'policy_number'")).toEqual([]);
    const { rows } = await target.query(
      `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'sluice%' AND c.relkind = 'r'`,
    );
    expect(rows).toEqual([{ relname: 'ledger' }]);
  },
  180_000,
);
