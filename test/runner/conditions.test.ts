import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { currentApproval } from '../../registry/approvals.ts';
import { keepConditions, tickCondition } from '../../registry/conditions.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { steer } from '../../registry/runs/steer.ts';
import { executeRun } from '../../runner/execute.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
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
  await createClaims(target, { rows: 50 });
});

/** An order whose approval has a condition. */
async function orderUnder(words: string, ticked = true): Promise<string> {
  const id = await orderClaims(registry);
  const run = await readRun(registry, id);
  const approval = run && (await currentApproval(registry, run));
  if (!approval) throw new Error('the order is not approved');
  await keepConditions(registry, approval, [{ login: 'developer', source: 'review:1', conditions: [words] }]);
  if (ticked) await tickCondition(registry, approval, 1, 'developer');
  return id;
}

async function execute(id: string): Promise<Run | undefined> {
  await executeRun(runnerContext(registry, url), id);
  return readRun(registry, id);
}

describe('a run whose approval has a condition', () => {
  it('does not begin before it is met', async () => {
    const before = await dumpDatabase(target);
    expect(await execute(await orderUnder('tell the claims team', false))).toMatchObject({ state: 'planned' });
    expect(await dumpDatabase(target)).toEqual(before);
  });

  it('begins when it is met', async () => {
    expect(await execute(await orderUnder('tell the claims team'))).toMatchObject({ state: 'reversing' });
  });

  it('is refused, and nothing written, when records say otherwise than whoever ticked it', async () => {
    const before = await dumpDatabase(target);
    const run = await execute(await orderUnder('0 records without /policy_number'));
    expect(run).toMatchObject({ state: 'failed', error: { code: 'condition-not-met' } });
    expect(run?.error?.message).toContain('5 records are without `/policy_number`');
    expect(await dumpDatabase(target)).toEqual(before);
  });

  it('begins when the records agree', async () => {
    await target.query(`UPDATE claims SET document = document || '{"policy_number": "P"}'`);
    expect(await execute(await orderUnder('no records of claim without /policy_number'))).toMatchObject({
      state: 'reversing',
    });
  });

  it('begins when the condition is about the records of another schema', async () => {
    expect(await execute(await orderUnder('0 records of policy without /nothing'))).toMatchObject({
      state: 'reversing',
    });
  });

  it('waits for a rehearsal, which then has to go well, and begins when it has', async () => {
    const id = await orderUnder('rehearsal passes', false);
    expect(await execute(id)).toMatchObject({ state: 'planned' });
    await steer(registry, id, 'cancel', 'platform-engineer');
    const bad = await target.query("UPDATE claims SET document = document - 'claim_id' WHERE id = 7 RETURNING id");
    expect(bad.rowCount).toBe(1);
    const failed = await retryRun(registry, id, true);
    expect(await execute(failed ?? '')).toMatchObject({ state: 'failed' });
    const early = await retryRun(registry, failed ?? '');
    expect(await execute(early ?? '')).toMatchObject({ state: 'planned' });
    await steer(registry, early ?? '', 'cancel', 'platform-engineer');
    await target.query(`UPDATE claims SET document = document || '{"claim_id":"c"}' WHERE id = 7`);
    const rehearsal = await retryRun(registry, early ?? '', true);
    expect(await execute(rehearsal ?? '')).toMatchObject({ state: 'cancelled', outcome: { rehearsed: true } });
    expect(await execute((await retryRun(registry, rehearsal ?? '')) ?? '')).toMatchObject({ state: 'reversing' });
  });
});
