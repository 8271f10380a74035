import { randomInt } from 'node:crypto';
import type { Database } from '../database.ts';
import type { RunOrder } from './order.ts';

/** Name of the queue that runners listen on; a job is `{ runId }` and nothing more. */
export const runQueue = 'sluice-runs';

/**
 * Orders a run and, in the same statement, notes the job for the queue. The same order again (same repository, merge commit
 * and schema) gives the run that is there, and no second job.
 */
export async function createRun(db: Database, order: RunOrder): Promise<string> {
  const id = newRunId();
  const { rows } = await db.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO sluice.runs (id, repository, pull_request, merge_commit, installation_id, schema, path, from_version,
         to_version, old_text, new_text, files, migration_path, migration_text, target, format_assertion, mode, fingerprint,
         previous_path, producers)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20, $21)
       ON CONFLICT (repository, merge_commit, path, attempt) DO NOTHING RETURNING id
     ), job AS (
       INSERT INTO sluice.outbox (queue, name, key, data)
       SELECT $19, 'run', id, jsonb_build_object('runId', id) FROM made
     )
     SELECT id FROM made`,
    [
      id,
      order.repository,
      order.pullRequest,
      order.mergeCommit,
      order.installationId ?? null,
      order.schema,
      order.path,
      order.fromVersion ?? null,
      order.toVersion ?? null,
      order.oldText,
      order.newText,
      JSON.stringify(order.files ?? { old: {}, new: {} }),
      order.migrationPath,
      order.migrationText,
      JSON.stringify(order.target),
      order.formatAssertion,
      order.mode,
      order.fingerprint ?? null,
      runQueue,
      order.previousPath ?? null,
      order.producers ?? 'open',
    ],
  );
  return rows[0]?.id ?? (await findRun(db, order));
}

/**
 * Orders the same again, as the next attempt. Undefined when there is no such run, when it is not over, when its records were
 * migrated, or when a later attempt is there already. `dryRun`: whether it only rehearses.
 */
export async function retryRun(db: Database, runId: string, dryRun = false): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO sluice.runs (id, attempt, repository, pull_request, merge_commit, installation_id, schema, path, from_version,
         to_version, old_text, new_text, files, migration_path, migration_text, target, format_assertion, mode, fingerprint,
         previous_path, producers, dry_run)
       SELECT $2, attempt + 1, repository, pull_request, merge_commit, installation_id, schema, path, from_version, to_version,
         old_text, new_text, files, migration_path, migration_text, target, format_assertion, mode, fingerprint, previous_path,
         producers, $4
       FROM sluice.runs WHERE id = $1 AND state IN ('failed', 'cancelled', 'rolled-back')
       ON CONFLICT (repository, merge_commit, path, attempt) DO NOTHING RETURNING id
     ), job AS (
       INSERT INTO sluice.outbox (queue, name, key, data)
       SELECT $3, 'run', id, jsonb_build_object('runId', id) FROM made
     )
     SELECT id FROM made`,
    [runId, newRunId(), runQueue, dryRun],
  );
  return rows[0]?.id;
}

async function findRun(db: Database, order: RunOrder): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'SELECT id FROM sluice.runs WHERE repository = $1 AND merge_commit = $2 AND path = $3 ORDER BY attempt DESC LIMIT 1',
    [order.repository, order.mergeCommit, order.path],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The run was neither made nor found.');
  return row.id;
}

/** Ten characters that are easy to read aloud; they also go into names of tables, so lower case only. */
function newRunId(): string {
  const alphabet = 'abcdefghjkmnpqrstvwxyz23456789';
  let id = '';
  while (id.length < 10) id += alphabet[randomInt(alphabet.length)];
  return id;
}
