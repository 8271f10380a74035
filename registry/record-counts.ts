import type { Target } from '../core/configuration/configuration.ts';
import type { Database } from './database.ts';
import { appendOutbox, type OutboxMessage } from './outbox.ts';
import { runQueue } from './runs/create.ts';
import type { PullRequestKey } from './shown.ts';

/**
 * When records were counted: when a change was first seen (for the policy), when it was approved (what the start of its run is compared
 * with), when its run would have started and did not, and when somebody asked for it again.
 */
export type CountMoment = 'proposed' | 'approved' | 'started' | 'again';

export interface CountKey extends PullRequestKey {
  /** Of the schema's part of what is approved. */
  readonly fingerprint: string;
  readonly path: string;
  readonly moment: CountMoment;
}

export interface RecordCount extends CountKey {
  readonly target: Target;
  /** Percent by which the count may have moved when the run starts. */
  readonly threshold: number;
  /** Undefined: not counted yet. */
  readonly records: number | undefined;
  readonly counted: Date | undefined;
}

/** Name of a job for runners; its data is a `CountKey`. */
export const countJob = 'count';

/**
 * Orders that records be counted, once: false when it was ordered before. Asked for again, it is counted again.
 * @param done what is to be done once they are counted
 */
export async function orderCount(
  db: Database,
  key: CountKey,
  { target, threshold }: Pick<RecordCount, 'target' | 'threshold'>,
  done: OutboxMessage,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO sluice.record_counts (repository, pull_request, fingerprint, path, moment, target, threshold, job)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (repository, pull_request, fingerprint, path, moment) DO UPDATE SET
       target = excluded.target, threshold = excluded.threshold, job = excluded.job, records = NULL, counted = NULL
     WHERE record_counts.moment = 'again'`,
    [...parameters(key), JSON.stringify(target), threshold, JSON.stringify(done)],
  );
  if (rowCount !== 1) return false;
  const { repository, pullRequest, fingerprint, path, moment } = key;
  const data = { repository: repository.toLowerCase(), pullRequest, fingerprint, path, moment };
  const name = `count:${data.repository}#${pullRequest}:${moment}:${path}:${fingerprint.slice(0, 16)}`;
  await appendOutbox(db, { queue: runQueue, name: countJob, key: name, data });
  return true;
}

/** Keeps a count and hands over the job that waits for it. */
export async function saveCount(db: Database, key: CountKey, records: number): Promise<void> {
  const { rows } = await db.query<{ job: OutboxMessage | null }>(
    `UPDATE sluice.record_counts SET records = $6, counted = now()
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 AND path = $4 AND moment = $5 RETURNING job`,
    [...parameters(key), records],
  );
  const job = rows[0]?.job ?? undefined;
  if (job) await appendOutbox(db, job);
}

/** Keeps how many there were when a run was about to start and did not. */
export async function noteCountAtStart(
  db: Database,
  { target, threshold, ...key }: Omit<RecordCount, 'moment'>,
  records: number,
): Promise<void> {
  await db.query(
    `INSERT INTO sluice.record_counts (repository, pull_request, fingerprint, path, moment, target, threshold, records, counted)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
     ON CONFLICT (repository, pull_request, fingerprint, path, moment) DO UPDATE SET
       records = excluded.records, counted = excluded.counted`,
    [...parameters({ ...key, moment: 'started' }), JSON.stringify(target), threshold, records],
  );
}

export async function readCount(db: Database, key: CountKey): Promise<RecordCount | undefined> {
  const { rows } = await db.query<Row>(
    `${select} WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 AND path = $4 AND moment = $5`,
    parameters(key),
  );
  return rows[0] && toCount(rows[0]);
}

/** All counts of a pull request. */
export async function countsOf(db: Database, of: PullRequestKey): Promise<readonly RecordCount[]> {
  const { rows } = await db.query<Row>(`${select} WHERE repository = $1 AND pull_request = $2 ORDER BY path, moment`, [
    of.repository.toLowerCase(),
    of.pullRequest,
  ]);
  return rows.map(toCount);
}

/** From now on a run is compared with as many records as there were when it was refused. Undefined: it was not refused for that. */
export async function acceptCount(
  db: Database,
  key: Omit<CountKey, 'moment'>,
): Promise<{ readonly before: number; readonly now: number } | undefined> {
  const { rows } = await db.query<{ before: number; now: number }>(
    `UPDATE sluice.record_counts AS approved SET records = started.records, counted = started.counted
     FROM sluice.record_counts AS started, sluice.record_counts AS earlier
     WHERE approved.repository = $1 AND approved.pull_request = $2 AND approved.fingerprint = $3 AND approved.path = $4
       AND approved.moment = 'approved' AND started.moment = 'started' AND earlier.moment = 'approved'
       AND (started.repository, started.pull_request, started.fingerprint, started.path) = ($1, $2, $3, $4)
       AND (earlier.repository, earlier.pull_request, earlier.fingerprint, earlier.path) = ($1, $2, $3, $4)
     RETURNING earlier.records::float8 AS before, started.records::float8 AS now`,
    [key.repository.toLowerCase(), key.pullRequest, key.fingerprint, key.path],
  );
  return rows[0];
}

/** What was approved is not any more: if it is approved again, it is with as many records as there are then. */
export async function forgetApprovedCounts(db: Database, of: PullRequestKey): Promise<void> {
  await db.query(
    `DELETE FROM sluice.record_counts WHERE repository = $1 AND pull_request = $2 AND moment IN ('approved', 'started')`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
}

function parameters({ repository, pullRequest, fingerprint, path, moment }: CountKey): unknown[] {
  return [repository.toLowerCase(), pullRequest, fingerprint, path, moment];
}

const select = `SELECT repository, pull_request AS "pullRequest", fingerprint, path, moment, target, threshold::float8 AS threshold,
  records::float8 AS records, counted FROM sluice.record_counts`;

type Row = Omit<RecordCount, 'records' | 'counted'> & {
  readonly records: number | null;
  readonly counted: Date | null;
};

function toCount({ records, counted, ...row }: Row): RecordCount {
  return { ...row, records: records ?? undefined, counted: counted ?? undefined };
}
