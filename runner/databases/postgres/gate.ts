import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { runnerSchema } from './names.ts';

/**
 * Whoever carries over and those who copy beside it must not meet. A copier may have read a record and not yet committed it when the next version of it is carried over,
 * which then finds nothing to delete: where both insert it the server refuses one of them, but where the next one is set aside the older one would stay in the new
 * table. So copiers hold the run's gate together while a batch lasts, and it is held alone for carrying over. Nobody of the application waits for it.
 */
function gateOf(runId: string): string {
  return createHash('sha256').update(`${runnerSchema}.gate.${runId}`).digest().readBigInt64BE().toString();
}

/** Nobody of the application waits for whoever waits for another runner. */
export const waitForRunners = "SELECT set_config('lock_timeout', '10s', true)";

/** What a copier's transaction begins with: afterwards its statements see all that was carried over before. */
export function throughGate(runId: string): string {
  return `SELECT set_config('sluice.lock_timeout', current_setting('lock_timeout'), true); ${waitForRunners};
    SELECT pg_advisory_xact_lock_shared(${gateOf(runId)});
    SELECT set_config('lock_timeout', current_setting('sluice.lock_timeout'), true)`;
}

/**
 * Keeps the copiers out during the work. The gate is the session's and is shut before the work begins its transaction: the statement that waits would
 * already take the snapshot of one that is REPEATABLE READ.
 */
export async function behindGate<T>(client: Client, runId: string, work: () => Promise<T>): Promise<T> {
  try {
    // In a transaction of its own, so that the waiting time is the session's again in any case.
    await client.query(`BEGIN; ${waitForRunners}; SELECT pg_advisory_lock(${gateOf(runId)}); COMMIT`);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  try {
    return await work();
  } finally {
    // Where the connection is gone, so is what the session held.
    await client.query(`SELECT pg_advisory_unlock(${gateOf(runId)})`).catch(() => undefined);
  }
}
