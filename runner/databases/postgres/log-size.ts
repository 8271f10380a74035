import type { Client } from 'pg';
import { hasLedger, phases, readLedger } from './ledger.ts';
import { namesOf } from './names.ts';
import { qualified, type Relation } from './relation.ts';

/** The log in which the keys of what the application writes are noted at the moment. */
export interface OpenLog extends Relation {
  /** Whither they are to be carried: to the new table, before the swap, or back to the old one. */
  readonly direction: 'forward' | 'back';
}

/** Undefined: none are noted. */
export async function openLog(client: Client, runId: string): Promise<OpenLog | undefined> {
  const phase = (await hasLedger(client)) ? (await readLedger(client, runId))?.phase : undefined;
  const { log, backLog } = namesOf(runId);
  if (phase === 'swapped') return { ...backLog, direction: 'back' };
  const isNoting = phases.slice(phases.indexOf('capturing')).some((each) => each === phase);
  return isNoting ? { ...log, direction: 'forward' } : undefined;
}

/** Bytes on the disk: no less than its entries take, more where some were taken from it. */
export async function logBytes(client: Client, log: Relation): Promise<number> {
  const { rows } = await client.query<{ bytes: number | null }>(
    'SELECT pg_total_relation_size(to_regclass($1))::float8 AS bytes',
    [qualified(log)],
  );
  return rows[0]?.bytes ?? 0;
}

/** Reads all of it. */
export async function countEntries(client: Client, log: Relation): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${qualified(log)}`);
  return rows[0]?.count ?? 0;
}
