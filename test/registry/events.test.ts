import { expect, it } from 'vitest';
import { appendEvent, listEvents } from '../../registry/events.ts';
import { createTestRegistry } from '../support/registry.ts';

it('only grows: the database refuses to change, delete or empty the audit trail', async () => {
  const { pool } = await createTestRegistry();
  const event = {
    kind: 'approval.given',
    repository: 'acme/claims',
    actor: 'platform-engineer',
    subject: 'pull request 7',
  };
  await appendEvent(pool, { ...event, data: { head: 'abc' } });
  for (const sql of [
    "UPDATE sluice.events SET actor = 'developer'",
    'DELETE FROM sluice.events',
    'DELETE FROM sluice.events WHERE false',
    'TRUNCATE sluice.events',
    'SET session_replication_role = replica; DELETE FROM sluice.events',
  ]) {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  }
  expect(await listEvents(pool, { repository: 'acme/claims' })).toMatchObject([{ ...event, data: { head: 'abc' } }]);
  expect(await listEvents(pool, { repository: 'acme/claims', subject: 'another' })).toEqual([]);
});
