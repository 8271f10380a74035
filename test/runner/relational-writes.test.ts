import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { outcomeOf } from '../support/proceed.ts';
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

describe.each([
  { name: 'updates, inserts, deletes and key changes', truncates: false, seed: 21 },
  { name: 'truncates too', truncates: true, seed: 22 },
])('while the application writes rows: $name', ({ truncates, seed }) => {
  it('loses, doubles and changes nothing through cutover, rollback, and cutover again', async () => {
    await createRowClaims(target, 3000);
    await createTwin(target);
    const workload = await startWorkload(url, { seed, truncates, change: "note = $2::jsonb ->> 'note'" });

    const first = await orderClaims(registry, rowClaims);
    expect(await outcomeOf(registry, url, first)).toBe('reversing');
    await workload.more(100);
    await steer(registry, first, 'rollback', 'platform-engineer');
    expect(await outcomeOf(registry, url, first)).toBe('rolled-back');

    const second = await orderClaims(registry, rowClaims);
    expect(await outcomeOf(registry, url, second)).toBe('reversing');
    await workload.stop();
    expect(await differences(target, oldAsNew, newRow)).toEqual([]);

    await steer(registry, second, 'rollback', 'platform-engineer');
    expect(await outcomeOf(registry, url, second)).toBe('rolled-back');
    expect(await differences(target, oldRow, oldRow)).toEqual([]);
  }, 180_000);
});
