import { describeState } from '../core/schedule/describe-state.ts';
import { parseWindow } from '../core/schedule/parse-window.ts';
import { windowState } from '../core/schedule/window-state.ts';
import type { Database } from './database.ts';
import type { Run } from './runs/run.ts';
import { schedulesOf } from './schedules.ts';

type Waiting = Pick<Run, 'repository' | 'pullRequest' | 'mergeCommit' | 'path' | 'dryRun'>;

/**
 * What a planned run waits for now, in words; nothing: it may start. The conditions of its approval (a rehearsal waits for none that people
 * or a rehearsal have to meet), the windows of the policy, and when somebody wants it to run.
 */
export async function waitsOf(db: Database, run: Waiting, now = new Date()): Promise<readonly string[]> {
  const waits: string[] = [];
  for (const { position, kind, parameter } of await openConditions(db, run)) {
    if (kind === 'window') waits.push(...closed(parameter ?? '', now));
    else if (run.dryRun === true || (kind === 'rehearsal' && (await isRehearsed(db, run)))) continue;
    else waits.push(kind === 'rehearsal' ? `a rehearsal (condition ${position})` : `condition ${position}`);
  }
  const { policy, person } = await schedulesOf(db, run);
  // A policy that leaves it to a person has its way once a person has said when.
  const ofPolicy = (policy?.windows ?? []).filter((window) => window !== 'manual' || person === undefined);
  for (const window of new Set([...ofPolicy, ...(person?.windows ?? [])])) waits.push(...closed(window, now));
  return [...new Set(waits)];
}

function closed(text: string, now: Date): string[] {
  const parsed = parseWindow(text);
  // Nobody knows when that would be: never.
  if ('problem' in parsed) return [`a window that cannot be read (${text})`];
  const state = windowState(parsed.window, now);
  return state.state === 'open' ? [] : [describeState(parsed.window, state)];
}

interface OpenCondition {
  readonly position: number;
  readonly kind: 'task' | 'no-records-without' | 'window' | 'rehearsal';
  readonly parameter: string | null;
}

async function openConditions(db: Database, { repository, pullRequest }: Waiting): Promise<readonly OpenCondition[]> {
  const { rows } = await db.query<OpenCondition>(
    `SELECT position, kind, parameter FROM sluice.conditions AS condition
     JOIN sluice.approvals AS approval ON lower(approval.repository) = condition.repository
       AND approval.pull_request = condition.pull_request AND approval.fingerprint = condition.fingerprint
       AND approval.state = 'approved'
     WHERE condition.repository = $1 AND condition.pull_request = $2 AND withdrawn IS NULL AND met IS NULL
     ORDER BY position`,
    [repository.toLowerCase(), pullRequest],
  );
  return rows;
}

/** Whether an earlier run of the very same order has rehearsed it to the end. */
async function isRehearsed(db: Database, { repository, mergeCommit, path }: Waiting): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT FROM sluice.runs WHERE repository = $1 AND merge_commit = $2 AND path = $3
       AND state = 'cancelled' AND outcome @> '{"rehearsed": true}' LIMIT 1`,
    [repository, mergeCommit, path],
  );
  return rowCount === 1;
}
