import type { Pool } from 'pg';

/**
 * Does work on something while no other process of the App works on the same: the queue may run a job twice at once.
 * The lock belongs to a connection of its own and goes with it when the process dies.
 * @param name such as `acme/claims#7`; names that differ may share a lock, which only makes them wait
 */
export async function withLock<Result>(registry: Pool, name: string, work: () => Promise<Result>): Promise<Result> {
  const client = await registry.connect();
  let broken: Error | undefined;
  // A connection that breaks while nothing is asked over it would otherwise end the process.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 5))', [name]);
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(onError);
    client.off('error', onError);
    client.release(broken);
  }
}
