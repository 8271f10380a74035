import type { Client } from 'pg';

/** How a transaction begins. */
interface Manner {
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
  /**
   * It need not be on disk when it is committed: should the server crash, it may be gone, with its checkpoint and what it took from a log, and is done
   * again. Never for what somebody is told of.
   */
  readonly lazily?: boolean;
  /** Statements that it begins with, sent together with its beginning. */
  readonly first?: string | undefined;
}

/** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
export async function transaction<T>(
  client: Client,
  work: () => Promise<T>,
  { isolation = 'READ COMMITTED', lazily = false, first }: Manner = {},
): Promise<T> {
  const begin = `BEGIN ISOLATION LEVEL ${isolation}${lazily ? '; SET LOCAL synchronous_commit = off' : ''}`;
  try {
    await client.query(first === undefined ? begin : `${begin}; ${first}`);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Where the connection is gone, the server rolls back by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
