import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { executeRun } from '../../runner/execute.ts';
import { previewRollBack } from '../../runner/preview-roll-back.ts';
import { retryQuarantined } from '../../runner/retry-quarantined.ts';
import { steer } from '../../runner/steer.ts';
import { claimOrder, orderClaims } from '../support/claims.ts';
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
  await target.query('CREATE TABLE claims (id int PRIMARY KEY, document json, region text)');
});

async function proceed(id: string) {
  await executeRun(runnerContext(registry, url), id);
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

const texts = async () =>
  (await target.query<{ text: string }>('SELECT document::text AS text FROM claims ORDER BY id')).rows.map(
    ({ text }) => text,
  );

it('keeps the order of members, digits, spaces and what is given twice in what does not change', async () => {
  const given = [
    '{"z": 12345678901234567890.10, "claim_amount": "1.50", "policy_number": "P", "claim_id": "C", "a": [1.0,  {"y":1,"b":2}]}',
    '{"policy_number":"P",  "claim_amount":"1.10","claim_id":"C","twice":1,"twice":2}',
    '{"claim_amount": "2.00", "claim_id": "C"}',
    '{"claim_id": "C \\\\u0000", "claim_amount": "3.00", "policy_number": "P"}',
  ];
  for (const [id, document] of given.entries()) {
    await target.query('INSERT INTO claims VALUES ($1, $2)', [id, document]);
  }
  await target.query('INSERT INTO claims VALUES (10, NULL)');
  const before = await dumpDatabase(target);
  const run = await proceed(await orderClaims(registry));
  expect(run.error).toBeUndefined();
  expect(await texts()).toEqual([
    '{"z": 12345678901234567890.10, "claim_amount": 1.50, "policy_number": "P", "claim_id": "C", "a": [1.0,  {"y":1,"b":2}]}',
    '{"policy_number": "P", "claim_amount": 1.10, "claim_id": "C", "twice": 2}',
    '{"claim_amount": 2.00, "claim_id": "C", "policy_number": "UNKNOWN"}',
    '{"claim_id": "C \\\\u0000", "claim_amount": 3.00, "policy_number": "P"}',
    null,
  ]);
  await target.query("UPDATE claims SET region = 'south' WHERE id = 0");
  expect(await previewRollBack(url, run)).toMatchObject({ written: 1, stuckCount: 0 });
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  expect((await proceed(run.id)).state).toBe('rolled-back');
  expect(await dumpDatabase(target)).toEqual(before.map((line) => line.replace(/^(\(0,.*),\)$/, '$1,south)')));
});

it('refuses, or sets aside, a text with U+0000, which no jsonb can hold', async () => {
  await target.query('INSERT INTO claims VALUES (1, $1)', [
    '{"claim_id": "C \\u0000", "claim_amount": "1.00", "policy_number": "P"}',
  ]);
  expect(await proceed(await orderClaims(registry))).toMatchObject({
    state: 'failed',
    error: { code: 'unconvertible-record', message: expect.stringContaining('U+0000') },
  });
  const run = await proceed(
    await orderClaims(registry, { migrationText: `${claimOrder().migrationText}invalid: quarantine 1\n` }),
  );
  expect(run).toMatchObject({ state: 'reversing', progress: { setAside: 1 } });
  await steer(registry, run.id, 'complete', 'platform-engineer');
  await proceed(run.id);
  await target.query(
    `UPDATE sluice_runner.quarantine_${run.id} SET document = '{"policy_number":"P","claim_id":"C","claim_amount":"1.00"}'`,
  );
  expect(await retryQuarantined(url, run)).toMatchObject({ moved: 1, leftCount: 0 });
  expect(await texts()).toEqual(['{"policy_number": "P", "claim_id": "C", "claim_amount": 1.00}']);
});
