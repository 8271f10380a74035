import { inTransaction } from '../registry/database.ts';
import { type CountKey, type CountMoment, readCount, saveCount } from '../registry/record-counts.ts';
import type { RunnerContext } from './context.ts';
import { countRecords } from './databases/postgres/table.ts';
import { lookAtTable } from './look-at-table.ts';

/**
 * Counts the records of a table for those who decide on a change to it. What to count is in the registry, the job only says where. A
 * database that this runner does not know, a table that is not there, a count that takes too long: the count stays unknown.
 */
export async function countForDecision(context: RunnerContext, data: unknown): Promise<void> {
  const key = readKey(data);
  const order = await readCount(context.registry, key);
  if (order === undefined || order.records !== undefined) return;
  const records = await lookAtTable(context, order.target, countRecords);
  if (records !== undefined) await inTransaction(context.registry, (db) => saveCount(db, key, records));
}

const moments: readonly CountMoment[] = ['proposed', 'approved', 'started', 'again'];

function readKey(data: unknown): CountKey {
  const { repository, pullRequest, fingerprint, path, moment } = (data ?? {}) as Record<string, unknown>;
  const known = moments.find((one) => one === moment);
  if (typeof repository !== 'string' || typeof pullRequest !== 'number' || typeof fingerprint !== 'string') {
    throw new TypeError('a count without repository, pullRequest and fingerprint');
  }
  if (typeof path !== 'string' || known === undefined) throw new TypeError('a count without path and moment');
  return { repository, pullRequest, fingerprint, path, moment: known };
}
