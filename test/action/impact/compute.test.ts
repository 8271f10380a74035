import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compute } from '../../../action/impact/compute.ts';
import { createTestDatabase } from '../../support/postgres.ts';

let client: Client;
beforeAll(async () => {
  const database = await createTestDatabase();
  // What an expression must not come upon.
  await database.pool.query(
    `CREATE FUNCTION public.nought(jsonb, text) RETURNS text LANGUAGE sql AS $$ SELECT 'taken' $$`,
  );
  await database.pool.query(`CREATE OPERATOR public.->> (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = public.nought)`);
  client = new Client({ connectionString: database.url, options: '-c search_path=public,pg_catalog' });
  await client.connect();
  await client.query('BEGIN READ ONLY');
});
afterAll(() => client.end());

const half = (document: string) => `to_jsonb(100 / (${document} ->> 'n')::int)`;
const documents = (...numbers: readonly (number | string)[]) => numbers.map((n) => JSON.stringify({ n }));
const never = Number.POSITIVE_INFINITY;

it('gives what the database makes of each, in their order, by built-in operators alone', async () => {
  expect(await compute(client, documents(1, 2, 5), half, never)).toEqual([
    { text: '100' },
    { text: '50' },
    { text: '20' },
  ]);
  expect(await compute(client, [], half, never)).toEqual([]);
  expect(await compute(client, documents(1), () => 'NULL::jsonb', never)).toEqual([{ text: null }]);
});

it('finds the documents for which the expression raises, and tells no value', async () => {
  const many = documents(...Array.from({ length: 100 }, (_, n) => (n === 70 ? 'secret' : n + 1)), 0);
  const made = (await compute(client, many, half, never)) ?? [];
  expect(made).toHaveLength(101);
  expect(made[70]).toEqual({ problem: 'the SQL expression raises an error (22P02)' });
  expect(made[100]).toEqual({ problem: 'the SQL expression raises an error (22012)' });
  expect(made.filter((each) => 'problem' in each)).toHaveLength(2);
  expect(made[99]).toEqual({ text: '1' });
});

it('takes nothing that would fill the memory', async () => {
  const blown = (document: string) => `to_jsonb(rpad(${document} ->> 'n', 2000000, 'x'))`;
  expect(await compute(client, documents(1), blown, never)).toEqual([{ problem: 'becomes larger than 1000000 bytes' }]);
});

it('throws where no record could be computed, and leaves the transaction as it was', async () => {
  const wrong = compute(client, documents(1), (document) => `to_jsonb(${document} - true)`, never);
  await expect(wrong).rejects.toMatchObject({ name: 'ExpressionRefused', code: '42883' });
  const { rows } = await client.query('SHOW search_path');
  expect(rows).toEqual([{ search_path: 'public,pg_catalog' }]);
});

it('stops when the time is over', async () => {
  expect(await compute(client, documents(1), half, 0)).toBeUndefined();
});
