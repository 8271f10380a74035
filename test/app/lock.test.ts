import { beforeAll, describe, expect, it } from 'vitest';
import { withLock } from '../../app/lock.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

/** Who was at work at the same time as whom: the largest number of workers seen at once. */
async function crowd(names: readonly string[]): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await database.pool.query('SELECT pg_sleep(0.01)');
    inside -= 1;
  };
  await Promise.all(names.map((name) => withLock(database.pool, name, work)));
  return most;
}

describe('the lock', () => {
  it('lets one after the other work on the same pull request', async () => {
    expect(await crowd(Array.from({ length: 5 }, () => 'acme/claims#7'))).toBe(1);
  });

  it('is free again after work that failed', async () => {
    await expect(withLock(database.pool, 'acme/claims#8', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(database.pool, 'acme/claims#8', () => Promise.resolve('done'))).toBe('done');
  });

  it('is free again when the holder has lost its connection', async () => {
    const cut = withLock(database.pool, 'acme/claims#9', async () => {
      await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return 'done';
    });
    expect(await cut).toBe('done');
    expect(await withLock(database.pool, 'acme/claims#9', () => Promise.resolve('again'))).toBe('again');
  });
});
