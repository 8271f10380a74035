import type { Client } from 'pg';
import { planned } from './planned.ts';

/** What stands in the way of a short lock. */
export interface Blocker {
  readonly pid: number;
  readonly reason: string;
}

/**
 * Transactions that already hold a lock on the table and have been open for longer than `age` milliseconds: asking for the lock
 * now would make every later reader wait behind them and us.
 */
export async function longTransactionsOn(client: Client, oid: string, age: number): Promise<Blocker[]> {
  const { rows } = await client.query<{ pid: number; seconds: number; state: string }>(
    `SELECT DISTINCT a.pid, extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds, a.state
     FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'relation' AND l.relation = $1 AND l.granted AND a.pid <> pg_backend_pid()
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND a.xact_start < clock_timestamp() - $2 * interval '1 millisecond'`,
    [oid, age],
  );
  return rows.map(({ pid, seconds, state }) => ({
    pid,
    reason: `session ${pid} (${state}) has used the table in a transaction of ${seconds} s`,
  }));
}

/**
 * From what age on a transaction counts as long, in milliseconds, at the n-th attempt. Where all transactions of an application
 * take their time, none is: what they hold is given back within one lock timeout all the same.
 */
export function longFrom(attempt: number): number {
  return Math.min(50 * 2 ** (attempt - 1), 5000);
}

/** Prepared transactions hold their locks without a session. */
export async function preparedTransactionsOn(client: Client, oid: string): Promise<Blocker[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT l.virtualtransaction AS name FROM pg_locks l
     WHERE l.locktype = 'relation' AND l.relation = $1 AND l.granted AND l.pid IS NULL`,
    [oid],
  );
  return rows.map(({ name }) => ({ pid: 0, reason: `a prepared transaction (${name}) holds a lock on the table` }));
}

/**
 * Sessions of this database whose snapshot may be older than `since`: a REPEATABLE READ transaction among them would find the
 * new table without the records that were copied after its snapshot. Whoever began later sees them all.
 */
export async function oldSnapshots(client: Client, since: string): Promise<Blocker[]> {
  const { rows } = await client.query<{ pid: number; seconds: number; state: string }>(
    `SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::int AS seconds, state FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
       AND backend_xmin IS NOT NULL AND xact_start <= $1::timestamptz`,
    [since],
  );
  return rows.map(({ pid, seconds, state }) => ({
    pid,
    reason: `session ${pid} (${state}) looks at the database as it was ${seconds} s ago`,
  }));
}

/** Sessions that sit in a transaction with a snapshot they will use again: REPEATABLE READ, or an open cursor. */
export async function idleSnapshots(client: Client): Promise<Blocker[]> {
  const { rows } = await client.query<{ pid: number }>(
    planned(
      'idle snapshots',
      `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
       AND backend_xmin IS NOT NULL AND state LIKE 'idle in transaction%'`,
    ),
  );
  return rows.map(({ pid }) => ({ pid, reason: `session ${pid} keeps a snapshot in an open transaction` }));
}

/** The server's clock, now. */
export async function serverTime(client: Client): Promise<string> {
  const { rows } = await client.query<{ now: string }>('SELECT clock_timestamp()::text AS now');
  return rows[0]?.now ?? '';
}
