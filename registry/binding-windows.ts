import type { Database } from './database.ts';
import { schedulesOf } from './schedules.ts';
import type { PullRequestKey } from './shown.ts';

/** The windows that a run keeps to, as people write them. All have to be open. */
export interface BindingWindows {
  /** Of the policy and of the approval's conditions: what held when a run began holds for all of it. */
  readonly lasting: readonly string[];
  /** As somebody who may approve has said last. */
  readonly ofPerson: readonly string[];
}

export async function bindingWindows(db: Database, of: PullRequestKey): Promise<BindingWindows> {
  const { policy, person } = await schedulesOf(db, of);
  // A policy that leaves it to a person has its way once a person has said when.
  const ofPolicy = (policy?.windows ?? []).filter((window) => window !== 'manual' || person === undefined);
  return { lasting: [...ofPolicy, ...(await windowConditions(db, of))], ofPerson: person?.windows ?? [] };
}

/** Conditions of the approval that a pull request has now. */
async function windowConditions(db: Database, of: PullRequestKey): Promise<readonly string[]> {
  const { rows } = await db.query<{ parameter: string | null }>(
    `SELECT parameter FROM sluice.conditions AS condition
     JOIN sluice.approvals AS approval ON lower(approval.repository) = condition.repository
       AND approval.pull_request = condition.pull_request AND approval.fingerprint = condition.fingerprint
       AND approval.state = 'approved'
     WHERE condition.repository = $1 AND condition.pull_request = $2 AND withdrawn IS NULL AND kind = 'window'
     ORDER BY position`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return rows.map(({ parameter }) => parameter ?? '');
}

/** Whether somebody who may approve has let a run go on whether its windows are open or not. */
export async function goesOnOutsideWindows(db: Database, runId: string): Promise<boolean> {
  const { rows } = await db.query<{ by: string | null }>(
    `SELECT outcome ->> 'outsideWindows' AS by FROM sluice.runs WHERE id = $1`,
    [runId],
  );
  return typeof rows[0]?.by === 'string';
}
