import type { Database } from './database.ts';
import type { PullRequestKey, Shown } from './shown.ts';

export interface CommandRow extends PullRequestKey {
  /** `comment:<id>`; or of a click what it says, which is the same however often it is sent. */
  readonly key: string;
  readonly login: string;
  /** Such as `approve`. */
  readonly verb: string;
  /** By GitHub's clock. */
  readonly given: Date;
  /** Of approve and reject: what they are about; undefined when nothing had been shown that could be meant. */
  readonly about: Shown | undefined;
  /** Under which it approves, in words. */
  readonly conditions?: readonly string[];
  /** Why it rejects, in words. */
  readonly reason?: string;
}

/** Notes a command as it is first seen; a second time changes nothing. False: it was answered already. */
export async function noteCommand(db: Database, command: CommandRow): Promise<boolean> {
  const { repository, key, pullRequest, login, verb, given, about, conditions = [], reason = '' } = command;
  await db.query(
    `INSERT INTO sluice.commands (repository, key, pull_request, login, verb, given, head, base, fingerprint, conditions, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (repository, key) DO NOTHING`,
    [
      repository.toLowerCase(),
      key,
      pullRequest,
      login,
      verb,
      given,
      about?.head ?? null,
      about?.base ?? null,
      about?.fingerprint ?? null,
      conditions,
      reason,
    ],
  );
  const { rows } = await db.query<{ answered: Date | null }>(
    'SELECT answered FROM sluice.commands WHERE repository = $1 AND key = $2',
    [repository.toLowerCase(), key],
  );
  return rows[0]?.answered === null;
}

export async function markAnswered(
  db: Database,
  { repository, key }: Pick<CommandRow, 'repository' | 'key'>,
): Promise<void> {
  await db.query('UPDATE sluice.commands SET answered = now() WHERE repository = $1 AND key = $2', [
    repository.toLowerCase(),
    key,
  ]);
}

/** The opinions that were given as commands, oldest first. */
export async function commandOpinions(db: Database, of: PullRequestKey): Promise<readonly CommandRow[]> {
  const { rows } = await db.query<RawCommand>(
    `${selectCommands} WHERE repository = $1 AND pull_request = $2 AND verb IN ('approve', 'reject') ORDER BY given, key`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return rows.map(toCommand);
}

/** How often somebody has rejected a pull request with a command: a rejection is for one of these numbers. */
export async function countRejections(db: Database, of: PullRequestKey): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM sluice.commands
     WHERE repository = $1 AND pull_request = $2 AND verb = 'reject'`,
    [of.repository.toLowerCase(), of.pullRequest],
  );
  return rows[0]?.count ?? 0;
}

export async function readCommand(
  db: Database,
  { repository, key }: Pick<CommandRow, 'repository' | 'key'>,
): Promise<CommandRow | undefined> {
  const { rows } = await db.query<RawCommand>(`${selectCommands} WHERE repository = $1 AND key = $2`, [
    repository.toLowerCase(),
    key,
  ]);
  return rows[0] && toCommand(rows[0]);
}

const selectCommands = `SELECT repository, key, pull_request AS "pullRequest", login, verb, given, head, base, fingerprint, conditions, reason
  FROM sluice.commands`;

type RawCommand = Omit<CommandRow, 'about'> & {
  readonly head: string | null;
  readonly base: string | null;
  readonly fingerprint: string | null;
};

function toCommand({ head, base, fingerprint, ...row }: RawCommand): CommandRow {
  return {
    ...row,
    about: head === null || base === null ? undefined : { head, base, fingerprint: fingerprint ?? undefined },
  };
}
