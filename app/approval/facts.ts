import type { ApprovalFacts, Permission } from '../../core/approval/facts.ts';
import { type CountedRecords, subjectsOf } from '../../core/approval/subject.ts';
import type { Fingerprint } from '../../core/review/review.ts';
import { commitAuthors } from '../../github/commit-authors.ts';
import { isMember, permissionOf } from '../../github/membership.ts';
import { mergeBase } from '../../github/merge-base.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { pushedSince } from '../../github/pushed-since.ts';
import { requestStatus } from '../../github/request-status.ts';
import { latestOpinions } from '../../github/reviews.ts';
import { treeAt } from '../../github/tree.ts';
import type { AppContext } from '../context.ts';
import { fingerprintAt } from './assess.ts';
import { codeOwnersIn } from './code-owners.ts';
import type { Case } from './judge.ts';
import type { OpinionMemory } from './memory.ts';
import { opinions } from './opinions.ts';

/**
 * GitHub's answers, now, to what a decision asks. What an approval is of was computed from the reviewed commit's own files when it was first seen.
 */
export function approvalFacts(
  context: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  { repository, pull, reviewed, commit: knownCommit, baseCommit }: Case,
  memory: OpinionMemory,
  records?: CountedRecords,
): ApprovalFacts {
  const known = new Map([[knownCommit, Promise.resolve(reviewed.review.fingerprint)]]);
  const fingerprint = once(known, (commit: string) => computed(context, octokit, repository, baseCommit, commit));
  const member = once(new Map<string, Promise<boolean>>(), (key) => {
    const [team = '', login = ''] = key.split(' ');
    return isMember(octokit, team, login);
  });
  const permission = once(new Map<string, Promise<Permission>>(), (login) => permissionOf(octokit, repository, login));
  let contributors: Promise<readonly string[]> | undefined;
  return {
    author: pull.author,
    subjects: subjectsOf(reviewed.review, reviewed.configuration, undefined, records),
    contributors: () => (contributors ??= commitAuthors(octokit, repository, baseCommit, pull.head)),
    reviews: async () =>
      opinions(await latestOpinions(octokit, repository, pull.number), memory, pull.base.branch, fingerprint),
    isMember: (team, login) => member(`${team} ${login}`.toLowerCase()),
    permission: (login) => permission(login.toLowerCase()),
    pushedSince: (commit) => pushedSince(octokit, repository, { base: baseCommit, head: pull.head, commit }),
    codeOwners: codeOwnersIn(treeAt(octokit, repository, baseCommit)),
  };
}

/** Asks for each name once. */
function once<Value>(
  known: Map<string, Promise<Value>>,
  ask: (name: string) => Promise<Value>,
): (name: string) => Promise<Value> {
  return (name) => {
    const answer = known.get(name) ?? ask(name);
    known.set(name, answer);
    return answer;
  };
}

async function computed(
  context: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  baseCommit: string,
  commit: string,
): Promise<Fingerprint | undefined> {
  try {
    const base = await mergeBase(octokit, repository, baseCommit, commit);
    return await fingerprintAt(context, octokit, repository, { policy: baseCommit, base, head: commit });
  } catch (error) {
    // A commit that a force push threw away may be gone: nobody can say what was approved.
    if ([404, 422].includes(requestStatus(error) ?? 0)) return undefined;
    throw error;
  }
}
