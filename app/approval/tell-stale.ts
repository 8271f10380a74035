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
  const keys = stale.map(({ login }) => `stale: ${fingerprint} ${login.toLowerCase()}`);
  const told = await Promise.all(keys.map((key) => wasTold(context.registry, of, key)));
  if (told.every(Boolean)) return;
  await publishStickyComment(octokit, repository, {
    number,
    marker: `sluice:stale:${fingerprint.slice(0, 16)}`,
    author: await context.login(),
    body: render('app/approval-stale', { stale: stale.map((one) => ({ ...one, commit: one.commit.slice(0, 7) })) }),
  });
  for (const key of keys) await tellOnce(context.registry, of, key);
}
