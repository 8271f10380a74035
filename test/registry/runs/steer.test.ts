import type { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { listEvents } from '../../../registry/events.ts';
import { moveRun } from '../../../registry/runs/move.ts';
import { readRun } from '../../../registry/runs/read.ts';
import { steer } from '../../../registry/runs/steer.ts';
import { orderClaims } from '../../support/claims.ts';
import { createTestRegistry } from '../../support/registry.ts';

let registry: Pool;
beforeAll(async () => {
  ({ pool: registry } = await createTestRegistry());
});

async function copying(): Promise<string> {
  const id = await orderClaims(registry);
  const states = ['planned', 'prechecking', 'shadowing', 'capturing', 'backfilling'] as const;
  for (const [at, to] of states.slice(1).entries()) await moveRun(registry, id, states[at] ?? 'planned', to);
  return id;
}

describe('a wish', () => {
  it('moves the run, notes who wished it, and hands it to a runner', async () => {
    const id = await copying();
    await registry.query('UPDATE sluice.outbox SET relayed = now()');
    expect(await steer(registry, id, 'pause', 'developer')).toMatchObject({ state: 'paused' });
    expect((await readRun(registry, id))?.state).toBe('paused');
    const events = await listEvents(registry, { repository: 'acme/claims', subject: id });
    expect(events).toMatchObject([{ kind: 'run.paused', actor: 'developer', data: { from: 'backfilling' } }]);
    const { rows } = await registry.query<{ queue: string }>(
      'SELECT queue FROM sluice.outbox WHERE relayed IS NULL ORDER BY queue',
    );
    expect(rows.map(({ queue }) => queue)).toEqual(['sluice-app', 'sluice-runs']);
  });

  it('that has come true changes nothing', async () => {
    const id = await copying();
    await steer(registry, id, 'pause', 'developer');
    await steer(registry, id, 'pause', 'release-manager');
    expect(await listEvents(registry, { repository: 'acme/claims', subject: id })).toHaveLength(1);
  });

  it('that the run cannot follow is refused, as is one about no run', async () => {
    const id = await copying();
    await expect(steer(registry, id, 'resume', 'developer')).rejects.toThrow('cannot resume, it is backfilling');
    await expect(steer(registry, id, 'complete', 'developer')).rejects.toThrow('cannot complete');
    await expect(steer(registry, 'aaaaaaaaaa', 'pause', 'developer')).rejects.toThrow('There is no run');
  });

  it('to cancel, said twice, does not end the run before it is cleaned up', async () => {
    const id = await copying();
    await steer(registry, id, 'cancel', 'developer');
    expect(await steer(registry, id, 'cancel', 'developer')).toMatchObject({ state: 'cancelling' });
    expect(await steer(registry, id, 'rollback', 'developer')).toMatchObject({ state: 'cancelling' });
  });

  it('of many at once is followed once', async () => {
    const id = await copying();
    await Promise.all(Array.from({ length: 10 }, (_, n) => steer(registry, id, 'cancel', `p${n}`)));
    expect(await listEvents(registry, { repository: 'acme/claims', subject: id })).toHaveLength(1);
  });
});
