import { openTasks, unusable } from '../../core/approval/commands/parse.ts';
import type { ReviewFact } from '../../core/approval/facts.ts';
import type { Opinion } from '../../github/reviews.ts';
import type { CommandRow } from '../../registry/commands.ts';
import type { OpinionMemory } from './memory.ts';

type Given = ReviewFact & { readonly given: Date };

/**
 * The last opinion of every person, from reviews and from commands. Where both are of the same second, the one that lets less through counts.
 * @param branch that the pull request goes to now: an approval is for the one that it went to
 * @param fingerprint of what a commit would have approved
 */
export async function opinions(
  reviews: readonly Opinion[],
  memory: OpinionMemory,
  branch: string,
  fingerprint: (commit: string) => Promise<string | undefined>,
): Promise<readonly ReviewFact[]> {
  const ofReviews = await Promise.all(reviews.map((review) => ofReview(review, memory, branch, fingerprint)));
  const latest = new Map<string, Given>();
  const ofCommands = (await memory.commands()).map((command) => ofCommand(command, branch));
  for (const one of [...ofReviews, ...ofCommands].sort(byTime)) {
    const key = one.login.toLowerCase();
    if (isClickOver(one, latest.get(key))) continue;
    latest.delete(key);
    latest.set(key, one);
  }
  return [...latest.values()].map(
    ({ login, isBot, opinion, commit, fingerprint, outdated: why, source = '', conditions = [], reason }) => ({
      login,
      isBot,
      opinion,
      commit,
      fingerprint,
      source,
      conditions,
      ...(why === undefined ? {} : { outdated: why }),
      ...(reason === undefined ? {} : { reason }),
    }),
  );
}

/**
 * A click has no date and no number of its own: only its webhook tells of it, and GitHub does not sign the number of a delivery. One that is
 * sent again later must not undo what the same person said in between, so a click never takes back changes requested or a dismissal.
 */
function isClickOver(one: Given, before: Given | undefined): boolean {
  const isClick = one.source?.startsWith('click:') === true && one.opinion === 'approved';
  return isClick && before !== undefined && before.opinion !== 'approved';
}

async function ofReview(
  { login, isBot, opinion, commit, review, given, body }: Opinion,
  memory: OpinionMemory,
  branch: string,
  fingerprint: (commit: string) => Promise<string | undefined>,
): Promise<Given> {
  const fact = { login, isBot, opinion, commit: commit ?? '', given, source: `review:${review}` };
  // Only an approval is of something in particular.
  if (commit === undefined || opinion !== 'approved') return { ...fact, fingerprint: undefined };
  // The rules may change while a commit stays: another table, another mode. An approval is of what its giver could see.
  const bound = await memory.firstSight({ review, fingerprint: await fingerprint(commit), base: branch });
  // A task list says under which conditions.
  const conditions = openTasks(body);
  const problem = unusable(conditions)?.problem;
  return {
    ...fact,
    fingerprint: bound.fingerprint,
    conditions,
    ...outdated(bound.base, branch),
    ...(problem === undefined ? {} : { outdated: problem }),
  };
}

function ofCommand(
  { key, login, verb, given, about, conditions = [], reason = '' }: CommandRow,
  branch: string,
): Given {
  const opinion = verb === 'approve' ? 'approved' : 'changes-requested';
  const fact = { login, isBot: false, opinion, commit: about?.head ?? '', given, source: key, conditions } as const;
  if (opinion === 'changes-requested') return { ...fact, fingerprint: about?.fingerprint, reason };
  return { ...fact, fingerprint: about?.fingerprint, ...(about ? outdated(about.base, branch) : {}) };
}

function outdated(base: string | undefined, branch: string): { outdated?: string } {
  if (base === branch) return {};
  if (base === undefined) return { outdated: 'it is not known for which branch it was given' };
  return { outdated: 'the pull request went to another branch then' };
}

const weight = { approved: 0, dismissed: 1, 'changes-requested': 2 } as const;

function byTime(left: Given, right: Given): number {
  const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
  return seconds(left.given) - seconds(right.given) || weight[left.opinion] - weight[right.opinion];
}
