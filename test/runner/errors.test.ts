import { expect, it } from 'vitest';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import { describeError, isTransient } from '../../runner/errors.ts';
import { createTestDatabase } from '../support/postgres.ts';

it('names the constraint that refuses a record and says what to do, but no value', async () => {
  const { pool } = await createTestDatabase();
  await pool.query(`CREATE TABLE claims (id int CONSTRAINT claims_once UNIQUE,
    document jsonb CONSTRAINT amount_is_text CHECK (jsonb_typeof(document -> 'amount') = 'string'))`);
  const refused = await pool
    .query(`INSERT INTO claims VALUES (1, '{"amount":123.45}')`)
    .catch((error: unknown) => error);
  expect(describeError(refused)).toMatchObject({ code: '23514', message: expect.stringContaining('amount_is_text') });
  await pool.query('INSERT INTO claims (id) VALUES (4711)');
  const twice = await pool.query('INSERT INTO claims (id) VALUES (4711)').catch((error: unknown) => error);
  expect(describeError(twice)).toMatchObject({ code: '23505', message: expect.stringContaining('claims_once') });
  for (const error of [refused, twice]) {
    expect(describeError(error).remedy).toMatch(/constraint/);
    expect(JSON.stringify(describeError(error))).not.toMatch(/123\.45|4711/);
  }
});

it('takes every way in which a session breaks for passing, and a refused record or password for lasting', async () => {
  const { pool, url } = await createTestDatabase();
  const failure = (query: Promise<unknown>) => query.then(() => undefined).catch((error: unknown) => error);

  const cut = await connectTarget(url);
  const { rows } = await cut.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const sleeping = failure(cut.query('SELECT pg_sleep(30)'));
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  expect(isTransient(await sleeping)).toBe(true);
  expect(isTransient(await failure(cut.query('SELECT 1')))).toBe(true);

  const ended = await connectTarget(url);
  await ended.end();
  expect(isTransient(await failure(ended.query('SELECT 1')))).toBe(true);

  const aborted = await connectTarget(url);
  await aborted.query('BEGIN');
  await failure(aborted.query('SELECT 1 / 0'));
  expect(isTransient(await failure(aborted.query('SELECT 1')))).toBe(true);
  await aborted.end();

  const nobody = new URL(url);
  nobody.port = '1';
  expect(isTransient(await failure(connectTarget(nobody.href)))).toBe(true);
  nobody.port = new URL(url).port;
  nobody.password = 'wrong';
  nobody.username = 'nobody_of_this_name';
  expect(isTransient(await failure(connectTarget(nobody.href)))).toBe(false);
  expect(isTransient(await failure(pool.query("SELECT 'a'::int")))).toBe(false);
});
