import type { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCatalog } from '../../../../runner/databases/postgres/catalog.ts';
import { connectTarget } from '../../../../runner/databases/postgres/connect.ts';
import { lookAhead } from '../../../../runner/databases/postgres/look-ahead.ts';
import { withPlansKept } from '../../../../runner/databases/postgres/planned.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

let client: Client;
beforeEach(async () => {
  const { pool, url } = await createTestDatabase();
  await pool.query(
    'CREATE TABLE one (id int PRIMARY KEY); CREATE SCHEMA new; CREATE TABLE new.one (id int PRIMARY KEY)',
  );
  client = await connectTarget(url);
});
afterEach(() => client.end());

const place = { schema: 'public', name: 'one' };
const twin = { schema: 'new', name: 'one' };

async function plans(): Promise<Record<string, { generic: number; custom: number }>> {
  const { rows } = await client.query<{ name: string; generic: number; custom: number }>(
    `SELECT name, generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements`,
  );
  return Object.fromEntries(rows.map(({ name, generic, custom }) => [name, { generic, custom }]));
}

async function oidOf(name: string): Promise<string> {
  const { rows } = await client.query<{ oid: string }>('SELECT $1::regclass::oid::text AS oid', [name]);
  return rows[0]?.oid ?? '';
}

it('has everything planned that is read under the lock of a swap, once for all tables', async () => {
  await lookAhead(client, place, twin);
  const before = await plans();
  expect(Object.keys(before)).toHaveLength(8);
  expect(Object.values(before).every(({ generic, custom }) => generic > 0 && custom === 0)).toBe(true);
  await withPlansKept(client, async () => readCatalog(client, await oidOf('new.one')));
  expect((await plans())['sluice catalog']).toEqual({ generic: 3, custom: 0 });
});

it('reads of tables that were made, altered and dropped since what they are now', async () => {
  await lookAhead(client, place, { schema: 'new', name: 'none' });
  await withPlansKept(client, async () => {
    const before = await readCatalog(client, await oidOf('public.one'));
    await client.query('ALTER TABLE public.one ADD COLUMN two text');
    const after = await readCatalog(client, await oidOf('public.one'));
    expect(after.filter((line) => !before.includes(line)).join()).toMatch(/column two text/);
  });
});

it('leaves the choice of plans to the server again, whatever became of the work', async () => {
  const mode = async () =>
    (await client.query<{ mode: string }>("SELECT current_setting('plan_cache_mode') AS mode")).rows[0]?.mode;
  await expect(withPlansKept(client, () => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  expect(await mode()).toBe('auto');
  await lookAhead(client, place, twin);
  expect(await mode()).toBe('auto');
});
