import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { exportQuarantine } from '../../runner/export-quarantine.ts';
import { retryQuarantined } from '../../runner/retry-quarantined.ts';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { proceed } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
import { createRowClaims, newRow, oldAsNew, oldRow, rowClaims } from '../support/relational.ts';
import { createTwin, differences, startWorkload } from '../support/workload.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

const order = (invalid: string) => ({ ...rowClaims, migrationText: `${rowClaims.migrationText}invalid: ${invalid}\n` });

it('sets rows aside whole, takes them in again when they are corrected, and gives them back on the way back', async () => {
  await createRowClaims(target, 50);
  await target.query("UPDATE claims SET amount = 'a secret' WHERE id IN (7, 8, 40)");
  const before = await dumpDatabase(target);
  const refused = await proceed(registry, url, await orderClaims(registry, order('quarantine 2')));
  expect(refused).toMatchObject({ state: 'failed', error: { code: 'too-many-invalid' } });
  expect(await dumpDatabase(target)).toEqual(before);

  const run = await proceed(registry, url, await orderClaims(registry, order('quarantine 3')));
  expect(run.error).toBeUndefined();
  expect(run).toMatchObject({ state: 'reversing', progress: { setAside: 3 } });
  const lines: string[] = [];
  for await (const line of exportQuarantine(url, run)) lines.push(line);
  expect(lines[0]).toBe('id,holder,amount,note,day,region,score,sluice_pointer,sluice_reason,sluice_noted\n');
  expect(lines[1]).toMatch(/^7,,a secret,,,north,0\.875,\/amount,.*\n$/);

  await target.query(`UPDATE sluice_runner.quarantine_${run.id} SET amount = '8.80' WHERE id = 8`);
  await target.query(`UPDATE sluice_runner.quarantine_${run.id} SET amount = '40.00' WHERE id = 40`);
  await target.query("INSERT INTO claims (id, amount, currency) VALUES (40, 1, 'EUR')");
  expect(await retryQuarantined(url, run)).toMatchObject({
    moved: 1,
    left: [{ key: '7', pointer: '/amount' }, { key: '40' }],
  });
  const { rows } = await target.query('SELECT policy_holder, amount, currency FROM claims WHERE id = 8');
  expect(rows).toEqual([{ policy_holder: 'H8', amount: '8.80', currency: 'EUR' }]);

  await target.query('DELETE FROM claims WHERE id = 40');
  await target.query(`UPDATE sluice_runner.quarantine_${run.id} SET amount = 'a secret' WHERE id = 40`);
  await target.query('UPDATE claims SET amount = 8.8 WHERE id = 8');
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  expect((await proceed(registry, url, run.id)).state).toBe('rolled-back');
  expect(await dumpDatabase(target)).toEqual(before.map((line) => line.replace('(8,H8,"a secret",', '(8,H8,8.8,')));
});

it('keeps rows for whoever completes the run without them, and says that they are to be put back by hand', async () => {
  await createRowClaims(target, 10);
  await target.query("UPDATE claims SET amount = 'a secret' WHERE id = 7");
  const run = await proceed(registry, url, await orderClaims(registry, order('quarantine 1')));
  await steer(registry, run.id, 'complete', 'platform-engineer');
  expect((await proceed(registry, url, run.id)).state).toBe('completed');
  await expect(retryQuarantined(url, run)).rejects.toMatchObject({ code: 'table-gone' });
  const { rows } = await target.query(`SELECT amount FROM sluice_runner.quarantine_${run.id}`);
  expect(rows).toEqual([{ amount: 'a secret' }]);
});

it('loses, doubles and changes no row while clients write and some are set aside, there and back', async () => {
  await createRowClaims(target, 2000);
  await target.query("UPDATE claims SET amount = 'x' || id WHERE id % 50 = 0");
  await createTwin(target);
  const workload = await startWorkload(url, { seed: 31, change: "note = $2::jsonb ->> 'note'" });
  const run = await proceed(registry, url, await orderClaims(registry, order('quarantine 50 %')));
  expect(run.error).toBeUndefined();
  await workload.more(100);
  await workload.stop();
  const { rows: aside } = await target.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM sluice_runner.quarantine_${run.id} WHERE amount LIKE 'x%'`,
  );
  expect(aside[0]?.count).toBeGreaterThan(0);
  // What was set aside the application does not see, so the two part there.
  await target.query("DELETE FROM twin WHERE amount LIKE 'x%'");
  expect(await differences(target, oldAsNew, newRow)).toEqual([]);
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  expect((await proceed(registry, url, run.id)).state).toBe('rolled-back');
  const { rowCount } = await target.query("DELETE FROM claims WHERE amount LIKE 'x%'");
  expect(rowCount).toBe(aside[0]?.count);
  expect(await differences(target, oldRow, oldRow)).toEqual([]);
}, 180_000);
