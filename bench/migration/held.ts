import type { Client } from 'pg';

const takesLock = /^LOCK TABLE .* ACCESS EXCLUSIVE MODE$/s;

/** Milliseconds from the first exclusive lock of each transaction that committed to the end of its COMMIT, as its own session saw it. */
export function watchLocks(client: Client): readonly number[] {
  const held: number[] = [];
  let since: number | undefined;
  const query = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>;
  const watched = async (...parts: unknown[]): Promise<unknown> => {
    const text = typeof parts[0] === 'string' ? parts[0] : (parts[0] as { text: string }).text;
    const result = await query(...parts);
    if (since === undefined && takesLock.test(text.trim())) since = performance.now();
    else if (text === 'ROLLBACK') since = undefined;
    else if (text === 'COMMIT' && since !== undefined) {
      held.push(performance.now() - since);
      since = undefined;
    }
    return result;
  };
  client.query = watched as typeof client.query;
  return held;
}
