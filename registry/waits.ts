import { describeWait } from '../core/schedule/describe-state.ts';
import { windowsState } from '../core/schedule/windows-state.ts';
import { bindingWindows } from './binding-windows.ts';
import type { Database } from './database.ts';
import type { Run } from './runs/run.ts';

type Waiting = Pick<Run, 'repository' | 'pullRequest' | 'mergeCommit' | 'path' | 'dryRun' | 'fingerprint'>;

/**
 * What a planned run waits for now, in words; nothing: it may start. The conditions of its approval (a rehearsal waits for none that people
 * or a rehearsal have to meet), the windows of the policy, and when somebody wants it to run.
 */
export async function waitsOf(db: Database, run: Waiting, now = new Date()): Promise<readonly string[]> {
  const waits: string[] = [];
  for (const { position, kind, created } of await openConditions(db, run)) {
    if (run.dryRun === true || (kind === 'rehearsal' && (await isRehearsed(db, run, created)))) continue;
    waits.push(
      kind === 'rehearsal'
        ? `a rehearsal (condition ${position}), which \`/sluice rehearse\` orders`
        : `condition ${position}`,
    );
  }
  const { lasting, ofPerson } = await bindingWindows(db, run);
  const windows = windowsState([...lasting, ...ofPerson], now);
  return windows.state === 'open' ? waits : [...waits, ...windows.closed.map(describeWait)];
}

interface OpenCondition {
  readonly position: number;
  readonly kind: 'task' | 'no-records-without' | 'rehearsal';
  readonly created: Date;
}

async function openConditions(db: Database, { repository, pullRequest }: Waiting): Promise<readonly OpenCondition[]> {
  const { rows } = await db.query<OpenCondition>(
    `SELECT position, kind, condition.created FROM sluice.conditions AS condition
     JOIN sluice.approvals AS approval ON lower(approval.repository) = condition.repository
       AND approval.pull_request = condition.pull_request AND approval.fingerprint = condition.fingerprint
       AND approval.state = 'approved'
     WHERE condition.repository = $1 AND condition.pull_request = $2 AND withdrawn IS NULL AND met IS NULL
       AND kind <> 'window'
     ORDER BY position`,
    [repository.toLowerCase(), pullRequest],
  );
  return rows;
}

/** Whether an earlier run of the very same order has rehearsed it to the end since the condition was set: what went well before is not what was asked for. */
async function isRehearsed(db: Database, run: Waiting, since: Date): Promise<boolean> {
  const { repository, mergeCommit, path, fingerprint } = run;
  const { rowCount } = await db.query(
    `SELECT FROM sluice.runs WHERE repository = $1 AND merge_commit = $2 AND path = $3
       AND fingerprint = $4 AND finished > $5
       AND state = 'cancelled' AND outcome @> '{"rehearsed": true}' LIMIT 1`,
    [repository, mergeCommit, path, fingerprint ?? null, since],
  );
  return rowCount === 1;
}
