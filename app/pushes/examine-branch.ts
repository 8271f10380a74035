import { readDefaultBranch } from '../../github/default-branch.ts';
import { directPushes } from '../../github/direct-commits.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { requestStatus } from '../../github/request-status.ts';
import { examinedCommit, saveExaminedCommit } from '../../registry/branches.ts';
import { pushEnds, waitingPushes } from '../../registry/held-pushes.ts';
import { assess } from '../approval/assess.ts';
import type { AppContext } from '../context.ts';
import type { BranchJob } from '../jobs.ts';
import { withLock } from '../lock.ts';
import { releasePush } from './release-push.ts';
import { settlePush } from './settle-push.ts';

/**
 * Looks at what reached a default branch since the last look. What came through pull requests is settled with them; what was pushed past
 * them is settled here, and what breaks is held. Then looks whether people have released what was held before. Safe to repeat.
 */
export async function examineBranch(context: AppContext, job: BranchJob): Promise<void> {
  const name = formatRepository(job.repository);
  await withLock(context.registry, `${name}@`.toLowerCase(), async () => {
    const octokit = await context.github(job.installationId);
    const tip = await readDefaultBranch(octokit, job.repository);
    if (tip === undefined) return;
    const { branch, commit: to } = tip;
    const from = await examinedCommit(context.registry, { repository: name, branch });
    // The first time there is nothing to compare with: what is there is what the records are.
    if (from !== undefined && from !== to && (await hasChanged(context, octokit, job, { from, to }))) {
      const ends = await pushEnds(context.registry, name);
      const pushes = await directPushes(octokit, job.repository, branch, { from, to }, ends);
      for (const push of pushes) await settlePush(context, octokit, { job, push, branch, tip: to });
    }
    await saveExaminedCommit(context.registry, { repository: name, branch, commit: to });
    for (const push of await waitingPushes(context.registry, name))
      await releasePush(context, octokit, { job, push, branch, tip: to });
  });
}

/** Most pushes change no schema: then the commits need not be looked at one by one. */
async function hasChanged(
  context: AppContext,
  octokit: Octokit,
  { repository }: BranchJob,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  try {
    const assessment = await assess(context, octokit, repository, { policy: from, base: from, head: to });
    if (assessment.result !== 'reviewed') return assessment.result === 'unreadable';
    return assessment.review.schemas.length > 0 || assessment.review.problems.length > 0;
  } catch (error) {
    if (![404, 409, 422].includes(requestStatus(error) ?? 0)) throw error;
    // The branch was rewritten and what was there before is gone: the next look begins here. Nothing is published for what nobody can tell.
    context.log.warn({ err: error, repository: formatRepository(repository) }, 'the branch was rewritten');
    return false;
  }
}
