import { expect, it } from 'vitest';
import { markDelivery, readDelivery, recordDelivery, unfinishedDeliveries } from '../../registry/deliveries.ts';
import { createTestRegistry } from '../support/registry.ts';

it('records a delivery once, and empties its body when it is done with', async () => {
  const { pool } = await createTestRegistry();
  const delivery = { id: 'd-1', event: 'pull_request', action: 'opened', repository: 'acme/claims', pullRequest: 7 };
  const results = await Promise.all(
    Array.from({ length: 5 }, () => recordDelivery(pool, { ...delivery, body: { sender: 'developer' } })),
  );
  expect(results.filter((result) => result === 'recorded')).toHaveLength(1);
  const soon = new Date(Date.now() + 60_000);
  expect((await unfinishedDeliveries(pool, soon)).map(({ id }) => id)).toEqual(['d-1']);
  await markDelivery(pool, 'd-1', 'failed', 'GitHub did not answer');
  expect(await readDelivery(pool, 'd-1')).toMatchObject({ state: 'failed', body: { sender: 'developer' } });
  await markDelivery(pool, 'd-1', 'processed');
  expect(await readDelivery(pool, 'd-1')).toMatchObject({ ...delivery, state: 'processed', body: null });
  expect(await unfinishedDeliveries(pool, soon)).toEqual([]);
  expect(await recordDelivery(pool, { ...delivery, body: {} })).toBe('duplicate');
});
