import type { ClientBase, Pool, PoolClient } from 'pg';
import { openPool } from './open-pool.ts';

/** Where a statement runs: the pool, or a client inside its caller's transaction. */
export type Database = Pool | ClientBase;

/**
 * Connects to the registry. `report` hears of connections that break while idle; without a listener Node would end the
 * process for them.
 */
export function openRegistry(url: string, options: { max?: number; report?: (error: Error) => void } = {}): Pool {
  return openPool({ connectionString: url, max: options.max ?? 10, application_name: 'sluice' }, options.report);
}

/** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that is lost between two statements would end the process without a listener; the next statement throws.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
