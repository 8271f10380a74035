import type { ApprovalFacts } from '../../core/approval/facts.ts';
import { subjectsOf } from '../../core/approval/subject.ts';
import type { Fingerprint } from '../../core/review/review.ts';
import { commitAuthors } from '../../github/commit-authors.ts';
import { isMember, type Permission, permissionOf } from '../../github/membership.ts';
import { mergeBase } from '../../github/merge-base.ts';
import { formatRepository, type Octokit, type Repository } from '../../github/octokit.ts';
import { requestStatus } from '../../github/request-status.ts';
import { latestOpinions } from '../../github/reviews.ts';
import { treeAt } from '../../github/tree.ts';
import { firstSight } from '../../registry/seen-reviews.ts';
import type { AppContext } from '../context.ts';
import { fingerprintAt } from './assess.ts';
import { codeOwnersIn } from './code-owners.ts';
import type { Case } from './judge.ts';

/**
 * GitHub's answers, now, to what a decision asks. What an approval is of was computed from the reviewed commit's own files when it was first seen.
 */
export function approvalFacts(
  context: Pick<AppContext, 'assessments' | 'registry'>,
  octokit: Octokit,
  { repository, pull, reviewed: known, commit: knownCommit, baseCommit }: Case,
): ApprovalFacts {
  const members = new Map<string, Promise<boolean>>();
  const permissions = new Map<string, Promise<Permission>>();
  const fingerprints = new Map<string, Promise<Fingerprint | undefined>>([
    [knownCommit, Promise.resolve(known.review.fingerprint)],
  ]);
  const fingerprint = (commit: string): Promise<Fingerprint | undefined> => {
    const answer = fingerprints.get(commit) ?? computed(context, octokit, repository, baseCommit, commit);
    fingerprints.set(commit, answer);
    return answer;
  };
  // The rules may change while a commit stays: another table, another mode. An approval is of what its giver could see.
  const approvedBy = async (review: number, commit: string): Promise<string | undefined> =>
    firstSight(context.registry, {
      repository: formatRepository(repository),
      pullRequest: pull.number,
      review,
      fingerprint: await fingerprint(commit),
    });
  let contributors: Promise<readonly string[]> | undefined;
  return {
    author: pull.author,
    subjects: subjectsOf(known.review, known.configuration),
    codeOwners: codeOwnersIn(treeAt(octokit, repository, baseCommit)),
    contributors: () => (contributors ??= commitAuthors(octokit, repository, baseCommit, pull.head)),
    async reviews() {
      const opinions = await latestOpinions(octokit, repository, pull.number);
      return Promise.all(
        opinions.map(async ({ login, isBot, opinion, commit, review }) => ({
          login,
          isBot,
          opinion,
          commit: commit ?? '',
          // Only an approval is of something in particular.
          fingerprint: commit === undefined || opinion !== 'approved' ? undefined : await approvedBy(review, commit),
        })),
      );
    },
    isMember(team, login) {
      const key = `${team} ${login}`.toLowerCase();
      const answer = members.get(key) ?? isMember(octokit, team, login);
      members.set(key, answer);
      return answer;
    },
    permission(login) {
      const answer = permissions.get(login.toLowerCase()) ?? permissionOf(octokit, repository, login);
      permissions.set(login.toLowerCase(), answer);
      return answer;
    },
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
