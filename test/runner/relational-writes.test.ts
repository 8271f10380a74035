import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { createRowClaims, newRow, oldAsNew, oldRow, rowClaims } from '../support/relational.ts';
import { runnerContext } from '../support/runner.ts';
import { createTwin, differences, startWorkload } from '../support/workload.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

async function execute(id: string): Promise<string | undefined> {
  const context = runnerContext(registry, url);
  await executePersistently({ ...context, patience: { ...context.patience, batchTime: 5, duty: 1 } }, id);
  const run = await readRun(registry, id);
  return run?.error === undefined ? run?.state : `${run.state}: ${run.error.message}`;
}

describe.each([
  { name: 'updates, inserts, deletes and key changes', truncates: false, seed: 21 },
  { name: 'truncates too', truncates: true, seed: 22 },
])('while the application writes rows: $name', ({ truncates, seed }) => {
  it('loses, doubles and changes nothing through cutover, rollback, and cutover again', async () => {
    await createRowClaims(target, 3000);
    await createTwin(target);
    const workload = await startWorkload(url, { seed, truncates, change: "note = $2::jsonb ->> 'note'" });

    const first = await orderClaims(registry, rowClaims);
    expect(await execute(first)).toBe('reversing');
    await workload.more(100);
    await steer(registry, first, 'rollback', 'platform-engineer');
    expect(await execute(first)).toBe('rolled-back');

    const second = await orderClaims(registry, rowClaims);
    expect(await execute(second)).toBe('reversing');
    await workload.stop();
    expect(await differences(target, oldAsNew, newRow)).toEqual([]);

    await steer(registry, second, 'rollback', 'platform-engineer');
    expect(await execute(second)).toBe('rolled-back');
    expect(await differences(target, oldRow, oldRow)).toEqual([]);
  }, 180_000);
});
