import { type ConditionKind, conditionKind } from '../core/approval/condition.ts';
import type { GivenApproval } from '../core/approval/decision.ts';
import { namedWindow } from '../core/schedule/named-window.ts';
import { unreachable } from '../core/unreachable.ts';
import type { Database } from './database.ts';
import type { PullRequestKey } from './shown.ts';

/** The content of a pull request that was approved. */
export interface ApprovedKey extends PullRequestKey {
  readonly fingerprint: string;
}

export interface Condition {
  /** From 1, for ever. */
  readonly position: number;
  readonly setBy: string;
  readonly words: string;
  readonly kind: ConditionKind['kind'];
  readonly metBy: string | undefined;
  readonly met: Date | undefined;
}

/**
 * Keeps the conditions of an approval in line with the opinions that make it: what came with an opinion stays, whatever becomes of the opinion's
 * text; it goes with the opinion, when its giver gives another one.
 * @param windows of the policy, by name
 */
export async function keepConditions(
  db: Database,
  of: ApprovedKey,
  given: readonly GivenApproval[],
  windows: Readonly<Record<string, string>> = {},
): Promise<void> {
  const key = [of.repository.toLowerCase(), of.pullRequest, of.fingerprint];
  const sources = given.map(({ source }) => source);
  await db.query(
    `UPDATE sluice.conditions SET withdrawn = CASE WHEN source = ANY ($4) THEN NULL ELSE coalesce(withdrawn, now()) END
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3
       AND (withdrawn IS NULL) <> (source = ANY ($4))`,
    [...key, sources],
  );
  for (const { login, source, conditions } of given) {
    for (const words of conditions) await insertCondition(db, key, { login, source, words, ...stored(words, windows) });
  }
}

interface Stored {
  readonly kind: ConditionKind['kind'];
  readonly parameter: string | null;
}

/** A window is kept as it is now, whatever becomes of its name; one that nobody knows is for people to see to. */
function stored(words: string, windows: Readonly<Record<string, string>>): Stored {
  const condition = conditionKind(words);
  switch (condition.kind) {
    case 'no-records-without':
      return { kind: condition.kind, parameter: condition.pointer };
    case 'window': {
      const window = namedWindow(condition.window, windows);
      return window === undefined ? { kind: 'task', parameter: null } : { kind: 'window', parameter: window };
    }
    case 'task':
    case 'rehearsal':
      return { kind: condition.kind, parameter: null };
    default:
      return unreachable(condition);
  }
}

async function insertCondition(
  db: Database,
  key: readonly unknown[],
  { login, source, words, kind, parameter }: Stored & { login: string; source: string; words: string },
): Promise<void> {
  await db.query(
    `INSERT INTO sluice.conditions (repository, pull_request, fingerprint, position, set_by, source, words, kind, parameter)
     SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5::text, $6::text, $7, $8 FROM sluice.conditions
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3
     HAVING coalesce(bool_and(source <> $5 OR words <> $6), true)`,
    [...key, login, source, words, kind, parameter],
  );
}

/** The conditions that count, in their order. */
export async function listConditions(db: Database, of: ApprovedKey): Promise<readonly Condition[]> {
  const { rows } = await db.query<Omit<Condition, 'metBy' | 'met'> & { metBy: string | null; met: Date | null }>(
    `SELECT position, set_by AS "setBy", words, kind, met_by AS "metBy", met FROM sluice.conditions
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 AND withdrawn IS NULL ORDER BY position`,
    [of.repository.toLowerCase(), of.pullRequest, of.fingerprint],
  );
  return rows.map((row) => ({ ...row, metBy: row.metBy ?? undefined, met: row.met ?? undefined }));
}

/** Notes that a condition is met. False: it was, there is none of that number, or it is none that people can meet. */
export async function tickCondition(db: Database, of: ApprovedKey, position: number, login: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE sluice.conditions SET met = now(), met_by = $5
     WHERE repository = $1 AND pull_request = $2 AND fingerprint = $3 AND position = $4
       AND withdrawn IS NULL AND met IS NULL AND kind NOT IN ('window', 'rehearsal')`,
    [of.repository.toLowerCase(), of.pullRequest, of.fingerprint, position, login],
  );
  return rowCount === 1;
}

/** How many conditions of the approval that a pull request has now are not met, those apart that its run meets by itself. */
export async function countOpenConditions(db: Database, of: PullRequestKey): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM sluice.conditions AS condition
     JOIN sluice.approvals AS approval ON lower(approval.repository) = condition.repository
       AND approval.pull_request = condition.pull_request AND approval.fingerprint = condition.fingerprint
       AND approval.state = 'approved'
     WHERE condition.repository = $1 AND condition.pull_request = $2 AND withdrawn IS NULL AND met IS NULL
       AND kind NOT IN ('window', 'rehearsal')`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return rows[0]?.count ?? 0;
}

/** In words, the conditions of the approval that a pull request has now, met or not. */
export async function conditionsOfApproval(db: Database, of: PullRequestKey): Promise<readonly string[]> {
  const { rows } = await db.query<{ words: string }>(
    `SELECT words FROM sluice.conditions AS condition
     JOIN sluice.approvals AS approval ON lower(approval.repository) = condition.repository
       AND approval.pull_request = condition.pull_request AND approval.fingerprint = condition.fingerprint
       AND approval.state = 'approved'
     WHERE condition.repository = $1 AND condition.pull_request = $2 AND withdrawn IS NULL ORDER BY position`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return rows.map(({ words }) => words);
}
