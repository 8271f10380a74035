import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { retryRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import { listVersions } from '../../registry/versions.ts';
import { executeRun } from '../../runner/execute.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

const order = { migrationText: `${claimOrder().migrationText}dryRun: true\ninvalid: quarantine 1\n` };

async function proceed(id = '') {
  await executeRun(runnerContext(registry, url), id);
  return readRun(registry, id);
}

it('rehearses first where the migration file says so, and then migrates when it is ordered again', async () => {
  await createClaims(target, { rows: 300 });
  const before = await dumpDatabase(target);
  const rehearsal = await proceed(await orderClaims(registry, order));
  expect(rehearsal).toMatchObject({ state: 'cancelled', outcome: { rehearsed: true }, progress: { records: 300 } });
  expect(rehearsal?.error).toBeUndefined();
  expect(await dumpDatabase(target)).toEqual(before);
  expect(await listVersions(registry, { repository: 'acme/claims' })).toEqual([]);

  const again = await proceed(await retryRun(registry, rehearsal?.id ?? '', true));
  expect(again).toMatchObject({ state: 'cancelled', attempt: 2, outcome: { rehearsed: true } });
  expect(await dumpDatabase(target)).toEqual(before);

  const run = await proceed(await retryRun(registry, again?.id ?? ''));
  expect(run).toMatchObject({ state: 'reversing', attempt: 3 });
  expect(run?.outcome?.rehearsed).toBeUndefined();
});

it('finds in a rehearsal what would stop the run', async () => {
  await createClaims(target, { rows: 300 });
  await target.query("UPDATE claims SET document = document - 'claim_id' WHERE id IN (7, 8)");
  const before = await dumpDatabase(target);
  const run = await proceed(await orderClaims(registry, order));
  expect(run).toMatchObject({ state: 'failed', error: { code: 'too-many-invalid' } });
  expect(run?.outcome?.rehearsed).toBeUndefined();
  expect(await dumpDatabase(target)).toEqual(before);
});

it('needs no rehearsal for an empty table: the version is published at once', async () => {
  await createClaims(target, { rows: 0 });
  expect(await proceed(await orderClaims(registry, order))).toMatchObject({ state: 'completed' });
  expect(await listVersions(registry, { repository: 'acme/claims' })).toHaveLength(1);
});
