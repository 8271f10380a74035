import { commitBeforeMerge } from '../../github/before-merge.ts';
import { mergeBase } from '../../github/merge-base.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { AppContext } from '../context.ts';
import { type Assessment, assess } from './assess.ts';
import type { Case } from './judge.ts';

/** What a pull request changes and by whose rules: as proposed while it is open, as merged once it is. */
export async function situationOf(
  context: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  pull: PullRequest,
): Promise<Omit<Case, 'reviewed'> & { readonly assessment: Assessment }> {
  const commit = pull.merge?.commit ?? pull.head;
  const baseCommit = pull.merge ? await commitBeforeMerge(octokit, repository, pull) : pull.base.commit;
  const base = pull.merge ? baseCommit : await mergeBase(octokit, repository, baseCommit, pull.head);
  const assessment = await assess(context, octokit, repository, { policy: baseCommit, base, head: commit });
  return { repository, pull, commit, baseCommit, assessment };
}
