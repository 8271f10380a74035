import { isRunState, type RunState } from '../../core/migration/states.ts';
import type { Database } from '../database.ts';
import type { RunOrder } from './order.ts';
import type { Run, RunError, RunOutcome, RunProgress } from './run.ts';

export async function readRun(db: Database, id: string): Promise<Run | undefined> {
  const { rows } = await db.query<RunRow>('SELECT * FROM sluice.runs WHERE id = $1', [id]);
  return rows[0] && toRun(rows[0]);
}

/** Newest first. */
export async function listRuns(
  db: Database,
  filter: {
    readonly repository?: string;
    readonly pullRequest?: number;
    readonly states?: readonly RunState[];
    readonly limit?: number;
  } = {},
): Promise<Run[]> {
  const { rows } = await db.query<RunRow>(
    `SELECT * FROM sluice.runs
     WHERE ($1::text IS NULL OR repository = $1) AND ($2::integer IS NULL OR pull_request = $2)
       AND ($3::text[] IS NULL OR state = ANY ($3))
     ORDER BY created DESC, id LIMIT $4`,
    [filter.repository ?? null, filter.pullRequest ?? null, filter.states ?? null, filter.limit ?? 100],
  );
  return rows.map(toRun);
}

interface RunRow {
  id: string;
  repository: string;
  pull_request: number;
  merge_commit: string;
  installation_id: string | null;
  schema: string;
  path: string;
  previous_path: string | null;
  from_version: string | null;
  to_version: string | null;
  old_text: string;
  new_text: string;
  files: NonNullable<RunOrder['files']>;
  migration_path: string;
  migration_text: string;
  target: RunOrder['target'];
  format_assertion: boolean;
  producers: 'open' | 'closed';
  mode: RunOrder['mode'];
  fingerprint: string | null;
  state: string;
  step: string | null;
  progress: RunProgress | null;
  progress_seq: string;
  error: RunError | null;
  outcome: RunOutcome | null;
  attempt: number;
  dry_run: boolean | null;
  epoch: string;
  check_run_id: string | null;
  created: Date;
  updated: Date;
  started: Date | null;
  finished: Date | null;
}

function toRun(row: RunRow): Run {
  if (!isRunState(row.state)) throw new Error(`Run ${row.id} is in a state that this Sluice does not know.`);
  return {
    id: row.id,
    repository: row.repository,
    pullRequest: row.pull_request,
    mergeCommit: row.merge_commit,
    installationId: row.installation_id === null ? undefined : Number(row.installation_id),
    schema: row.schema,
    path: row.path,
    previousPath: row.previous_path ?? undefined,
    fromVersion: row.from_version ?? undefined,
    toVersion: row.to_version ?? undefined,
    oldText: row.old_text,
    newText: row.new_text,
    files: row.files,
    migrationPath: row.migration_path,
    migrationText: row.migration_text,
    target: row.target,
    formatAssertion: row.format_assertion,
    producers: row.producers,
    mode: row.mode,
    fingerprint: row.fingerprint ?? undefined,
    state: row.state,
    step: row.step ?? undefined,
    progress: row.progress ?? undefined,
    progressSeq: Number(row.progress_seq),
    error: row.error ?? undefined,
    outcome: row.outcome ?? undefined,
    attempt: row.attempt,
    dryRun: row.dry_run ?? undefined,
    epoch: Number(row.epoch),
    checkRunId: row.check_run_id === null ? undefined : Number(row.check_run_id),
    created: row.created,
    updated: row.updated,
    started: row.started ?? undefined,
    finished: row.finished ?? undefined,
  };
}
