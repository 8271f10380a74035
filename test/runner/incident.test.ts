import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { renderReport } from '../../cli/runs/report.ts';
import { createRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import { executeRun } from '../../runner/execute.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
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

async function fail(id: string) {
  await executeRun(runnerContext(registry, url), id);
  const run = await readRun(registry, id);
  if (run?.state !== 'failed') throw new Error(`The run is ${run?.state}.`);
  return run;
}

it('says what failed, when, in which step and at which record, why that may be and what to do, but no value', async () => {
  await createClaims(target, { rows: 700 });
  await target.query(`UPDATE claims SET document = document || '{"claim_amount": "a secret"}' WHERE id = 650`);
  const run = await fail(await orderClaims(registry));
  const incident = run.outcome?.incident;
  expect(incident).toMatchObject({
    error: { code: 'unconvertible-record', key: '650' },
    state: 'backfilling',
    step: 'copying records',
    keys: ['650'],
    total: 700,
    likelyCause: expect.stringContaining('the old schema does not describe'),
    nextSteps: expect.arrayContaining([expect.stringContaining(`sluice retry ${run.id}`)]),
  });
  expect(incident?.records).toBeLessThan(650);
  expect(Date.parse(incident?.at ?? '')).toBeGreaterThan(run.created.getTime());
  for (const format of ['json', 'csv', 'html'] as const) {
    const report = renderReport(run, format);
    expect(report).toContain('the old schema does not describe');
    expect(report).not.toContain('a secret');
  }
  expect(renderReport({ ...run, schema: '<b>"x"</b>' }, 'html')).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;');
  expect(renderReport(run, 'csv').trimEnd().split('\n')).toHaveLength(2);
  expect(JSON.parse(renderReport(run, 'json'))).toMatchObject({ run: run.id, error: { key: '650' } });
});

it('does not repeat a key that may be somebody’s name', async () => {
  await createClaims(target, { rows: 30, key: 'text', keyValue: "'name ' || n" });
  await target.query("UPDATE claims SET document = document - 'claim_id' WHERE id = 'name 7'");
  expect((await fail(await orderClaims(registry))).outcome?.incident?.keys).toEqual([]);
});

it('reports what stops a run before it began', async () => {
  const id = await createRun(registry, { ...claimOrder(), fingerprint: 'made up' });
  expect((await fail(id)).outcome?.incident).toMatchObject({ error: { code: 'not-approved' }, state: 'planned' });
  expect((await fail(await orderClaims(registry))).outcome?.incident).toMatchObject({
    error: { code: 'check-failed' },
  });
});
