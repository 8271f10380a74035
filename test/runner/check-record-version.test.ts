import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { moveRun } from '../../registry/runs/move.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { executeRun } from '../../runner/execute.ts';
import { steer } from '../../runner/steer.ts';
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
  await createClaims(target, { rows: 100 });
});

const { newText, oldText } = claimOrder();
/** The next change: what it would make of the records of 2.8.0 is valid all the same. */
const next = {
  fromVersion: '3.1.0',
  toVersion: '4.0.0',
  oldText: newText.replace('3.0.0', '3.1.0'),
  newText: oldText.replace('2.8.0', '4.0.0'),
  migrationPath: 'migrations/claim/4.0.0.yml',
  migrationText: 'schema: claim\nfrom: 3.1.0\nto: 4.0.0\ntransform:\n  - cast: { at: /claim_amount, to: string }\n',
};

async function run(id: string): Promise<Run | undefined> {
  await executeRun(runnerContext(registry, url), id);
  return readRun(registry, id);
}

describe('a run whose records should have been brought to its version by an earlier one', () => {
  it.each(['failed', 'cancelled'] as const)('is refused, with nothing written, when that one is %s', async (state) => {
    const first = await orderClaims(registry);
    await moveRun(registry, first, 'planned', state);
    const before = await dumpDatabase(target);
    const second = await orderClaims(registry, next);
    expect(await run(second)).toMatchObject({
      state: 'failed',
      error: { code: 'wrong-version', message: expect.stringContaining(`the run ${first}`) as string },
    });
    expect(await dumpDatabase(target)).toEqual(before);
  });

  it('is refused when that one was taken back, and goes ahead once another has brought them there', async () => {
    const first = await orderClaims(registry);
    expect((await run(first))?.state).toBe('reversing');
    await steer(registry, first, 'rollback', 'platform-engineer');
    expect((await run(first))?.state).toBe('rolled-back');
    const refused = await orderClaims(registry, next);
    expect((await run(refused))?.error?.code).toBe('wrong-version');

    const again = await orderClaims(registry);
    expect((await run(again))?.state).toBe('reversing');
    await steer(registry, again, 'complete', 'platform-engineer');
    expect((await run(again))?.state).toBe('completed');
    expect((await run(await orderClaims(registry, next)))?.state).toBe('reversing');
  });

  it('is not held up by a run to a version after its own, which was given up', async () => {
    const given = await orderClaims(registry, next);
    await moveRun(registry, given, 'planned', 'cancelled');
    expect((await run(await orderClaims(registry)))?.state).toBe('reversing');
  });
});
