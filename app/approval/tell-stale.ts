import type { Decision } from '../../core/approval/decision.ts';
import { render } from '../../core/rendering/render.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { publishStickyComment } from '../../github/sticky-comment.ts';
import { tellOnce, wasTold } from '../../registry/told.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** Tells people whose approval counted that it does not any more, once for each content of a pull request. */
export async function tellStale(
  context: AppContext,
  octokit: Octokit,
  { repository, number }: PullRequestJob,
  { stale }: Extract<Decision, { state: 'waiting' }>,
  fingerprint: string,
): Promise<void> {
  if (stale.length === 0) return;
  const of = { repository: formatRepository(repository), pullRequest: number };
  const people = stale.map(({ login }) => login.toLowerCase()).sort((left, right) => (left < right ? -1 : 1));
  const what = `stale: ${fingerprint} ${people.join(' ')}`;
  if (await wasTold(context.registry, of, what)) return;
  await publishStickyComment(octokit, repository, {
    number,
    marker: `sluice:stale:${fingerprint.slice(0, 16)}`,
    author: await context.login(),
    body: render('app/approval-stale', { stale: stale.map((one) => ({ ...one, commit: one.commit.slice(0, 7) })) }),
  });
  await tellOnce(context.registry, of, what);
}
