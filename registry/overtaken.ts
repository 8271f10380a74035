import type { Database } from './database.ts';

/** A comment that asks for something. */
export interface Written {
  readonly comment: number;
  /** By GitHub's clock. */
  readonly given: Date;
}

/** What a comment is about: a run, when the runs of a pull request may work, or both. */
export interface About {
  readonly repository: string;
  readonly runId?: string | undefined;
  readonly schedulesOf?: number | undefined;
}

/**
 * Whether people have said otherwise since a comment was written, and were followed: webhooks overtake each other, and one that was lost may be
 * sent days later. Comments have numbers; with clicks and the command line times are compared, a minute apart at least since clocks differ.
 */
export async function isOvertaken(
  db: Database,
  { repository, runId, schedulesOf }: About,
  { comment, given }: Written,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT FROM sluice.events
     WHERE repository = $1 AND (subject = $2 AND kind LIKE 'run.%' OR subject = $3 AND kind = 'schedule.set')
       AND (actor <> 'sluice' OR data ? 'delivery')
       AND CASE WHEN jsonb_typeof(data -> 'comment') = 'number' THEN (data -> 'comment')::bigint > $4
         ELSE at > $5::timestamptz + interval '1 minute' END
     LIMIT 1`,
    [repository, runId ?? null, schedulesOf === undefined ? null : `pull request ${schedulesOf}`, comment, given],
  );
  return rowCount === 1;
}
