import type { Database } from './database.ts';
import type { PullRequestKey } from './shown.ts';

/** When the runs of a pull request may start. */
export interface Schedule {
  /** As people write them (see core/schedule); all have to be open. None: at any time. */
  readonly windows: readonly string[];
  readonly setBy: string;
}

/** `policy`: as the policy said when the run was ordered. `person`: as somebody who may approve wants it. Both hold. */
export type ScheduleSource = 'policy' | 'person';

/** Sets the schedule of one source, instead of the one before. */
export async function setSchedule(
  db: Database,
  of: PullRequestKey,
  source: ScheduleSource,
  { windows, setBy }: Schedule,
): Promise<void> {
  await db.query(
    `INSERT INTO sluice.schedules (repository, pull_request, source, windows, set_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (repository, pull_request, source) DO UPDATE SET
       windows = excluded.windows, set_by = excluded.set_by, at = now()`,
    [of.repository.toLowerCase(), of.pullRequest, source, windows, setBy],
  );
}

export async function schedulesOf(
  db: Database,
  of: PullRequestKey,
): Promise<{ readonly [S in ScheduleSource]?: Schedule }> {
  const { rows } = await db.query<Schedule & { source: ScheduleSource }>(
    'SELECT source, windows, set_by AS "setBy" FROM sluice.schedules WHERE repository = $1 AND pull_request = $2',
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return Object.fromEntries(rows.map(({ source, ...schedule }) => [source, schedule]));
}
