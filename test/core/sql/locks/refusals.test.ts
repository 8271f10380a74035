import { beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.ts';
import { casesOf, setup } from '../fixtures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(setup);
  await database.pool.query("INSERT INTO users (id, email) VALUES (1, 'a@example.org')");
  await database.pool.query("INSERT INTO orders (id, user_id, status) VALUES (1, 1, 'open')");
});

/** SQLSTATE of the first error when the text runs as one transaction; undefined when it runs. */
async function refusal(sql: string): Promise<string | undefined> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql.replace(/^(BEGIN|COMMIT);$/gm, ''));
    return undefined;
  } catch (error) {
    return (error as { readonly code?: string }).code;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('what a rule says the server refuses, it refuses', () => {
  it.each(casesOf('concurrently-in-transaction', 'dangerous').map(({ sql }) => sql))('%s', async (sql) => {
    expect(['25001', '0A000']).toContain(await refusal(sql));
  });

  it.each(casesOf('enum-value-used-in-transaction', 'dangerous').map(({ sql }) => sql))('%s', async (sql) => {
    expect(await refusal(sql)).toBe('55P04');
  });

  it.each(casesOf('add-required-column', 'dangerous').map(({ sql }) => sql))('%s', async (sql) => {
    expect(await refusal(sql)).toBe('23502');
  });

  it.each(
    casesOf('enum-value-used-in-transaction', 'safe')
      .map(({ sql }) => sql)
      .filter((sql) => sql.includes('BEGIN')),
  )('and not: %s', async (sql) => {
    expect(await refusal(sql)).toBeUndefined();
  });
});
