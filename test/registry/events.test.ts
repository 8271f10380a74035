import { Client } from 'pg';
import { expect, it } from 'vitest';
import { ChainCheck } from '../../core/audit/chain-check.ts';
import type { Json } from '../../core/schema/json.ts';
import { readChain, readChainHead } from '../../registry/audit/read-chain.ts';
import { withCause } from '../../registry/cause.ts';
import { type Database, inTransaction } from '../../registry/database.ts';
import { appendEvent, listEvents } from '../../registry/events.ts';
import { createTestRegistry } from '../support/registry.ts';

const event = {
  kind: 'approval.given',
  repository: 'acme/claims',
  actor: 'platform-engineer',
  subject: 'pull request 7',
};

async function verdict(pool: Database): Promise<ReturnType<ChainCheck['finish']>> {
  const check = new ChainCheck();
  for await (const each of readChain(pool)) check.add(each);
  return check.finish(await readChainHead(pool));
}

it('only grows: the database refuses to change, delete or empty the audit trail', async () => {
  const { pool } = await createTestRegistry();
  await appendEvent(pool, { ...event, data: { head: 'abc' } });
  for (const sql of [
    "UPDATE sluice.events SET actor = 'developer'",
    'DELETE FROM sluice.events',
    'DELETE FROM sluice.events WHERE false',
    'TRUNCATE sluice.events',
    'SET session_replication_role = replica; DELETE FROM sluice.events',
    'DELETE FROM sluice.events_head',
    'TRUNCATE sluice.events_head',
    'UPDATE sluice.events_head SET sequence = 0',
    "UPDATE sluice.events_head SET hash = ''",
    "INSERT INTO sluice.events_head VALUES (true, 2, '')",
  ]) {
    await expect(pool.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  }
  expect(await listEvents(pool, { repository: 'acme/claims' })).toMatchObject([{ ...event, data: { head: 'abc' } }]);
  expect(await listEvents(pool, { repository: 'acme/claims', subject: 'another' })).toEqual([]);
});

it('is one chain, however many append at the same time', async () => {
  const { pool } = await createTestRegistry();
  await Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      number % 2 === 0
        ? appendEvent(pool, { ...event, data: { number } })
        : inTransaction(pool, async (client) => {
            await appendEvent(client, { ...event, data: { number } });
            await appendEvent(client, { ...event, kind: 'run.planned', data: { number } });
          }),
    ),
  );
  expect(await verdict(pool)).toMatchObject({ checked: 60, last: { sequence: 60 }, findings: [] });
});

it('never forks, also when an event is appended outside of a transaction', async () => {
  const { url, pool } = await createTestRegistry();
  const clients = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const results = await Promise.all(
    clients.map((client) =>
      appendEvent(client, { ...event, data: {} }).then(
        () => 1,
        () => 0,
      ),
    ),
  );
  await Promise.all(clients.map((client) => client.end()));
  const appended = results.reduce<number>((sum, one) => sum + one, 0);
  expect(appended).toBeGreaterThan(0);
  expect(await verdict(pool)).toMatchObject({ checked: appended, findings: [] });
});

it('forgets an event whose transaction is rolled back, and goes on without a gap', async () => {
  const { pool } = await createTestRegistry();
  await inTransaction(pool, async (client) => {
    await appendEvent(client, { ...event, data: {} });
    throw new Error('changed my mind');
  }).catch(() => undefined);
  await appendEvent(pool, { ...event, data: {} });
  expect(await verdict(pool)).toMatchObject({ checked: 1, last: { sequence: 1 }, findings: [] });
});

it('stays whole with every kind of data', async () => {
  const { pool } = await createTestRegistry();
  const data = JSON.parse(
    '{"__proto__":{"a":1},"z":[1e300,5e-324,-0,0.1,1e21,123456789012345680000],"ü":"\\u0001\\u2028\\u007f \\ud83d\\ude00","a":{"":null}}',
  ) as Json;
  await appendEvent(pool, { ...event, actor: 'half \ud83d', subject: 'a\0b', data });
  await appendEvent(pool, { ...event, data: { remedy: undefined, list: [undefined] } as unknown as Json });
  expect(await verdict(pool)).toMatchObject({ checked: 2, findings: [] });
});

it('never keeps secrets or addresses of people', async () => {
  const { pool } = await createTestRegistry();
  await appendEvent(pool, { ...event, data: { reason: 'postgres://u:hunter2@h/d of jane@example.com' } });
  const [{ data } = { data: null }] = await listEvents(pool, { repository: 'acme/claims' });
  expect(data).toEqual({ reason: '[redacted] of [redacted]' });
});

it('names the webhook that led to an event', async () => {
  const { pool } = await createTestRegistry();
  await withCause({ delivery: 'd-1' }, () => appendEvent(pool, { ...event, data: { head: 'abc' } }));
  await withCause({ delivery: undefined }, () => appendEvent(pool, { ...event, data: { head: 'def' } }));
  expect((await listEvents(pool, { repository: 'acme/claims' })).map(({ data }) => data)).toEqual([
    { head: 'abc', delivery: 'd-1' },
    { head: 'def' },
  ]);
});
