import { beforeAll, describe, expect, it } from 'vitest';
import { describeScanFailure, readOnly } from '../../../action/impact/session.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const target = { name: 'claims', database: 'default', table: 'claims', key: 'id', document: 'body' };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(
    `CREATE TABLE claims (id bigint PRIMARY KEY, body jsonb); INSERT INTO claims VALUES (1, '{}')`,
  );
});

describe('a session that reads records', () => {
  it.each([`INSERT INTO claims VALUES (2, '{}')`, 'CREATE TABLE other (id int)', 'SELECT * FROM claims FOR UPDATE'])(
    'cannot write, nor lock a row: %s',
    async (statement) => {
      await expect(readOnly(database.url, (client) => client.query(statement))).rejects.toMatchObject({
        code: '25006',
      });
    },
  );

  it('ends statements that take long, and waits for no lock for long', async () => {
    const settings = await readOnly(database.url, async (client) => {
      const { rows } = await client.query(
        `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock`,
      );
      return rows[0];
    });
    expect(settings).toEqual({ statement: '15s', lock: '2s' });
  });

  it('keeps nobody from writing while it reads', async () => {
    await readOnly(database.url, async (client) => {
      await client.query('DECLARE records NO SCROLL CURSOR FOR SELECT * FROM claims; FETCH 1 FROM records');
      const { rows } = await database.pool.query<{ mode: string }>(
        `SELECT DISTINCT mode FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE application_name = 'sluice-action' AND locktype = 'relation'`,
      );
      expect(rows).toEqual([{ mode: 'AccessShareLock' }]);
      const other = await database.pool.connect();
      try {
        await other.query(`SET lock_timeout = '1s'`);
        await other.query(`UPDATE claims SET body = '{"a": 1}'`);
        await other.query('CREATE INDEX ON claims ((body ->> 0))');
      } finally {
        other.release(true);
      }
    });
  });

  it('tells nothing of a record that JavaScript cannot read', () => {
    let failure: unknown;
    try {
      JSON.parse('"secret');
    } catch (error) {
      failure = error;
    }
    expect(describeScanFailure(failure, target)).toBe('a record of claims is no JSON that JavaScript can read');
  });

  it('gives up on a table that somebody has locked', async () => {
    const other = await database.pool.connect();
    try {
      await other.query('BEGIN; LOCK TABLE claims IN ACCESS EXCLUSIVE MODE');
      const failure: unknown = await readOnly(database.url, (client) => client.query('SELECT * FROM claims')).catch(
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: '55P03' });
      expect(describeScanFailure(failure, target)).toBe(
        'somebody keeps the table claims locked; run the job again later',
      );
    } finally {
      other.release(true);
    }
  });
});
