import { expect, it } from 'vitest';
import { describeError } from '../../runner/errors.ts';
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
