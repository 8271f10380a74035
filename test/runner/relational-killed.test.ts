import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { isFinal, type RunState } from '../../core/migration/states.ts';
import { readRun } from '../../registry/runs/read.ts';
import { steer } from '../../runner/steer.ts';
import { bundleProgram, firstLine, startProgram } from '../support/child.ts';
import { orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { createRowClaims, newRow, oldAsNew, oldRow, rowClaims } from '../support/relational.ts';
import { createTwin, differences, randomFrom, startWorkload } from '../support/workload.ts';

const program = await bundleProgram('test/support/programs/runner.ts');
const random = randomFrom(7);

/** Runners that are killed one after the other, after a while each, and a last one that comes to `goal`. Returns the states in which they were killed. */
async function killed(registry: Pool, environment: Record<string, string>, id: string, kills: number, goal: RunState) {
  const stateOf = async () => (await readRun(registry, id))?.state;
  const states = new Set<RunState | undefined>();
  for (let left = kills; ; left--) {
    const runner = startProgram(program, [], environment);
    const ended = once(runner, 'close');
    await firstLine(runner);
    if (left > 0) await sleep(random(200));
    else await untilThere();
    states.add(await stateOf());
    runner.kill('SIGKILL');
    await ended;
    if (left === 0) return states;
  }

  async function untilThere(): Promise<void> {
    for (let looks = 0; looks < 3000; looks++) {
      const state = await stateOf();
      if (state === goal || (state !== undefined && isFinal(state))) return;
      await sleep(10);
    }
  }
}

it('loses, doubles and changes no row though its runners are killed, on the way there and on the way back', async () => {
  const registry = await createTestRegistry();
  const target = await createTestDatabase();
  await createRowClaims(target.pool, 4000);
  await createTwin(target.pool);
  const write = (seed: number) =>
    startWorkload(target.url, { clients: 2, seed, change: "note = $2::jsonb ->> 'note'" });
  const before = await write(31);
  const id = await orderClaims(registry.pool, rowClaims);
  const environment = { REGISTRY: registry.url, TARGET: target.url };

  const states = await killed(registry.pool, environment, id, 4, 'reversing');
  expect(states.size).toBeGreaterThan(1);
  await before.stop();
  expect(await readRun(registry.pool, id)).toMatchObject({ state: 'reversing' });
  expect(await differences(target.pool, oldAsNew, newRow)).toEqual([]);

  const after = await write(32);
  await after.more(50);
  await steer(registry.pool, id, 'rollback', 'platform-engineer');
  await killed(registry.pool, environment, id, 2, 'rolled-back');
  await after.stop();
  const run = await readRun(registry.pool, id);
  expect([run?.state, run?.error]).toEqual(['rolled-back', undefined]);
  expect(await differences(target.pool, oldRow, oldRow)).toEqual([]);
}, 240_000);
