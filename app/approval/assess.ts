import { type Assessment, assess as assessTrees } from '../../core/review/assess.ts';
import type { Fingerprint } from '../../core/review/review.ts';
import { changedFiles } from '../../github/changed-files.ts';
import { formatRepository, type Octokit, type Repository } from '../../github/octokit.ts';
import { treeAt } from '../../github/tree.ts';
import type { AppContext } from '../context.ts';

export type { Assessment } from '../../core/review/assess.ts';

export type Reviewed = Extract<Assessment, { result: 'reviewed' }>;

export interface Change {
  /** Commit whose `.github/sluice.yml` rules: on the base branch, never the pull request's. */
  readonly policy: string;
  readonly base: string;
  readonly head: string;
}

/**
 * What the App thinks of a change, computed from the trees alone: comments, reports and checks of others are never read. Commits never
 * change, so neither does what is thought of them: it is computed once and kept for a while.
 */
export function assess(
  { assessments }: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  change: Change,
): Promise<Assessment> {
  const name = [formatRepository(repository).toLowerCase(), change.policy, change.base, change.head].join(' ');
  return assessments.get(name, async () => {
    const at = (commit: string) => treeAt(octokit, repository, commit);
    const policy = at(change.policy);
    const base = change.base === change.policy ? policy : at(change.base);
    const files = await changedFiles(octokit, repository, change.base, change.head);
    return assessTrees({ policy, base, head: at(change.head) }, files);
  });
}

/** The fingerprint that a commit would have had approved; undefined when it cannot be told. */
export async function fingerprintAt(
  context: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  change: Change,
): Promise<Fingerprint | undefined> {
  const assessment = await assess(context, octokit, repository, change);
  if (assessment.result !== 'reviewed' || assessment.review.problems.length > 0) return undefined;
  return assessment.review.fingerprint;
}
