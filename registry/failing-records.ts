import type { Target } from '../core/configuration/configuration.ts';
import type { ApprovedKey } from './conditions.ts';
import type { Database } from './database.ts';
import { appendOutbox, type OutboxMessage } from './outbox.ts';
import { runQueue } from './runs/create.ts';

/** Stored records of a schema that lack something which a condition of an approval wants them to have. */
export interface FailingKey extends ApprovedKey {
  /** Of the schema. */
  readonly path: string;
  /** Of what they lack. */
  readonly pointer: string;
}

export interface FailingRecords extends FailingKey {
  readonly target: Target;
  /** Undefined: no runner has looked yet. What one saw stays until it has looked again. */
  readonly seen: SeenRecords | undefined;
  /** Whether a runner has yet to look, for the first time or again. */
  readonly isOrdered: boolean;
}

export interface SeenRecords {
  readonly total: number;
  /** The first of them with key, pointer and reason, below a line of names; empty where keys may be somebody's name. */
  readonly csv: string;
}

/** Name of a job for runners; its data is a `FailingKey`. */
export const failingRecordsJob = 'failing-records';

/**
 * Has a runner look for them: once for each table, and whenever it is asked `again`. False when it was ordered before.
 * @param done what is to be done once it has looked
 */
export async function orderFailingRecords(
  db: Database,
  key: FailingKey,
  { target, again }: { readonly target: Target; readonly again: boolean },
  done: OutboxMessage,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO sluice.failing_records AS known (repository, pull_request, fingerprint, path, pointer, target, job)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (repository, pull_request, fingerprint, path, pointer) DO UPDATE SET
       target = excluded.target, job = excluded.job, looked = NULL
     WHERE $8 OR known.target <> excluded.target`,
    [...parameters(key), JSON.stringify(target), JSON.stringify(done), again],
  );
  if (rowCount !== 1) return false;
  const [repository, pullRequest, fingerprint, path, pointer] = parameters(key);
  const data = { repository, pullRequest, fingerprint, path, pointer };
  const name = `failing:${repository}#${pullRequest}:${path}:${pointer}:${fingerprint.slice(0, 16)}`;
  await appendOutbox(db, { queue: runQueue, name: failingRecordsJob, key: name, data });
  return true;
}

/** Keeps what a runner saw and hands over the job that waits for it. */
export async function saveFailingRecords(db: Database, key: FailingKey, { total, csv }: SeenRecords): Promise<void> {
  const { rows } = await db.query<{ job: OutboxMessage | null }>(
    `UPDATE sluice.failing_records SET total = $6, csv = $7, looked = now()
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 AND path = $4 AND pointer = $5 RETURNING job`,
    [...parameters(key), total, csv],
  );
  const job = rows[0]?.job ?? undefined;
  if (job) await appendOutbox(db, job);
}

/** What is known for all conditions of an approval, by schema. */
export async function failingRecordsOf(db: Database, of: ApprovedKey): Promise<readonly FailingRecords[]> {
  const { rows } = await db.query<Row>(
    `SELECT repository, pull_request AS "pullRequest", fingerprint, path, pointer, target, total::float8 AS total, csv,
       looked IS NULL AS "isOrdered"
     FROM sluice.failing_records WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 ORDER BY path, pointer`,
    [of.repository.toLowerCase(), of.pullRequest, of.fingerprint],
  );
  return rows.map(({ total, csv, ...row }) => ({
    ...row,
    seen: total === null ? undefined : { total, csv: csv ?? '' },
  }));
}

type Row = Omit<FailingRecords, 'seen'> & { readonly total: number | null; readonly csv: string | null };

function parameters({ repository, pullRequest, fingerprint, path, pointer }: FailingKey) {
  return [repository.toLowerCase(), pullRequest, fingerprint, path, pointer] as const;
}
