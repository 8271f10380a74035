import { render } from '../../core/rendering/render.ts';
import type { Tree } from '../../core/review/review.ts';
import { closeIssue } from '../../github/issue.ts';
import type { Octokit } from '../../github/octokit.ts';
import { latestOpinions } from '../../github/reviews.ts';
import { treeAt } from '../../github/tree.ts';
import type { Assessment } from '../approval/assess.ts';
import type { AppContext } from '../context.ts';
import type { MergeHistory } from './history.ts';
import { publishMerge } from './publish.ts';
import { reportHeldMerge } from './report-held.ts';
import type { Settlement } from './settle.ts';

/**
 * Lets a held merge go ahead after all. That takes a decision that is now "approved", a review given since it was held (nothing that was there
 * before counts as a release), and a default branch that still holds what was merged.
 */
export async function releaseMerge(
  context: AppContext,
  octokit: Octokit,
  settlement: Settlement,
  assessment: Extract<Assessment, { result: 'reviewed' }>,
  history: Extract<MergeHistory, { state: 'held' }>,
): Promise<void> {
  const { job, pull, decision, free } = settlement;
  if (decision?.state !== 'approved' || free.length === 0) return;
  const opinions = await latestOpinions(octokit, job.repository, pull.number);
  const by = opinions
    .filter(
      ({ login, opinion, review }) =>
        opinion === 'approved' && review > history.lastReview && decision.by.includes(login),
    )
    .map(({ login }) => login);
  if (by.length === 0) return;
  if (!(await isUnchanged(treeAt(octokit, job.repository, pull.base.commit), settlement))) return;
  await publishMerge(context, settlement, assessment, { released: by });
  const issue = await reportHeldMerge(context, octokit, settlement);
  await closeIssue(octokit, job.repository, issue, render('app/merge-released', { by }));
}

/** Whether a branch still holds what would go ahead. */
export async function isUnchanged(tip: Tree, { free }: Pick<Settlement, 'free'>): Promise<boolean> {
  for (const { path, newText, migration } of free) {
    if ((await tip.read(path)) !== newText) return false;
    if (migration.status === 'given' && (await tip.read(migration.path)) !== migration.text) return false;
  }
  return true;
}
