import type { Decision } from '../../core/approval/decision.ts';
import { includesLogin, sameLogin } from '../../core/approval/eligibility.ts';
import type { ApprovalFacts } from '../../core/approval/facts.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { requestReviewers } from '../../github/request-reviews.ts';
import { tellOnce, wasTold } from '../../registry/told.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

type Waiting = Extract<Decision, { state: 'waiting' }>;

/**
 * Asks those for a review who are named for what is missing, once for each content of a pull request; whoever wrote it is not asked, and a
 * draft asks nobody.
 */
export async function requestReviews(
  { registry, log }: AppContext,
  octokit: Octokit,
  { repository, number }: PullRequestJob,
  pull: PullRequest,
  { decision, facts, fingerprint }: { decision: Waiting; facts: ApprovalFacts; fingerprint: string },
): Promise<void> {
  if (pull.draft) return;
  const of = { repository: formatRepository(repository), pullRequest: number };
  const what = `reviews requested: ${fingerprint}`;
  if (await wasTold(registry, of, what)) return;
  const missing = decision.rules.filter(({ given, required }) => given.length < required);
  const done = missing.flatMap(({ given }) => given);
  const writers = await facts.contributors();
  const stale = decision.stale.map(({ login }) => login);
  const users = unique([...missing.flatMap(({ named }) => named.users), ...stale]).filter(
    (login) => !sameLogin(login, pull.author) && !includesLogin(writers, login) && !includesLogin(done, login),
  );
  const teams = unique(missing.flatMap(({ named }) => named.teams)).flatMap((team) => {
    const [organisation = '', slug = ''] = team.split('/');
    return sameLogin(organisation, repository.owner) ? [slug] : [];
  });
  const refused = await requestReviewers(octokit, repository, number, { users, teams });
  await tellOnce(registry, of, what);
  const left = refused.users.length + refused.teams.length;
  if (left > 0) log.warn({ repository: of.repository, pull: number }, `${left} could not be asked for a review`);
}

function unique(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
