import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { listVersions } from '../../registry/versions.ts';
import { advance } from '../../runner/advance.ts';
import { readCatalog } from '../../runner/databases/postgres/catalog.ts';
import { executeRun } from '../../runner/execute.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
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

async function execute(id: string) {
  await executeRun(runnerContext(registry, url), id);
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

async function catalog(): Promise<string[]> {
  const client = await target.connect();
  try {
    await client.query("SET search_path = ''");
    const { rows } = await client.query<{ oid: string }>("SELECT 'public.claims'::regclass::oid::text AS oid");
    return await readCatalog(client, rows[0]?.oid ?? '');
  } finally {
    client.release(true);
  }
}

it('migrates all records, keeps the old table, and takes everything back again', async () => {
  await createClaims(target, { rows: 2500 });
  const { rows: before } = await target.query('SELECT id, document::text, region, created FROM claims ORDER BY id');
  const catalogBefore = await catalog();
  const id = await orderClaims(registry);
  const run = await execute(id);
  expect(run.error).toBeUndefined();
  expect(run.state).toBe('reversing');
  expect(run.progress).toMatchObject({ records: 2500, total: 2500, rollbackAvailable: true });
  const { rows: wrong } = await target.query(
    `SELECT id FROM claims WHERE jsonb_typeof(document->'claim_amount') <> 'number' OR NOT document ? 'policy_number'`,
  );
  expect(wrong).toEqual([]);
  const { rows: sample } = await target.query("SELECT document->>'claim_amount' AS amount FROM claims WHERE id = 10");
  expect(sample).toEqual([{ amount: '11.00' }]);
  expect(await catalog()).toEqual(catalogBefore);
  expect(await listVersions(registry, { repository: 'acme/claims' })).toMatchObject([{ version: '3.0.0' }]);

  await target.query(
    `INSERT INTO claims (document) VALUES ('{"claim_id":"new","claim_amount":7.50,"policy_number":"P"}')`,
  );
  await target.query('DELETE FROM claims WHERE id = 1');
  await advance(registry, run, 'rolling-back');
  const back = await execute(id);
  expect(back.error).toBeUndefined();
  expect(back.state).toBe('rolled-back');
  const { rows: after } = await target.query('SELECT id, document::text, region, created FROM claims ORDER BY id');
  expect(after.slice(0, -1)).toEqual(before.slice(1));
  expect(after.at(-1)).toMatchObject({
    id: '2501',
    document: expect.stringContaining('"claim_amount": "7.50"') as string,
  });
  expect(await catalog()).toEqual(catalogBefore);
  const { rows: left } = await target.query("SELECT nspname FROM pg_namespace WHERE nspname ~ '^sluice_.*_(old|new)$'");
  expect(left).toEqual([]);
});
