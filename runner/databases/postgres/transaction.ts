import type { Client } from 'pg';

/** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
export async function transaction<T>(
  client: Client,
  work: () => Promise<T>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
): Promise<T> {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Where the connection is gone, the server rolls back by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * The caller's transaction need not be on disk when it is committed: should the server crash, it may be gone, with its checkpoint and what it
 * took from the log, and is done again. Never for what somebody is told of.
 */
export async function commitLazily(client: Client): Promise<void> {
  await client.query('SET LOCAL synchronous_commit = off');
}
