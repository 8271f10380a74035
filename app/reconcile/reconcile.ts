import type { Octokit, Repository } from '../../github/octokit.ts';
import { recentPullRequests } from '../../github/recent-pull-requests.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { waitingPullRequests } from '../../registry/runs/waiting.ts';
import type { AppContext } from '../context.ts';
import { branchMessage, pullRequestMessage } from '../jobs.ts';

/**
 * Looks at every pull request that changed since a moment, whether a webhook told of it or not: GitHub does not repeat webhooks that were lost.
 * Looks at every default branch too, and at runs that have not started. What was seen already is found to be as it should be. A repository that cannot be read is left for the next time. Returns how many were looked at.
 */
export async function reconcile(context: AppContext, since: Date): Promise<number> {
  const app = await context.asApp();
  let count = await lookAtWaitingRuns(context);
  for (const installation of await app.paginate(app.rest.apps.listInstallations, { per_page: 100 })) {
    if (installation.suspended_at !== null) continue;
    const octokit = await context.github(installation.id);
    for (const repository of await repositoriesOf(octokit)) {
      try {
        await appendOutbox(context.registry, branchMessage({ repository, installationId: installation.id }, 0));
        for (const number of await recentPullRequests(octokit, repository, since)) {
          await appendOutbox(
            context.registry,
            pullRequestMessage({ repository, number, installationId: installation.id }),
          );
          count += 1;
        }
      } catch (error) {
        context.log.warn({ err: error, repository: `${repository.owner}/${repository.repo}` }, 'not reconciled');
      }
    }
  }
  return count;
}

/** Runs that have not started wait for days, and who approved them may have left the team meanwhile: nothing tells of that. */
async function lookAtWaitingRuns({ registry }: AppContext): Promise<number> {
  const waiting = await waitingPullRequests(registry);
  for (const { repository: name, pullRequest: number, installationId } of waiting) {
    const [owner = '', repo = ''] = name.split('/');
    await appendOutbox(registry, pullRequestMessage({ repository: { owner, repo }, number, installationId }));
  }
  return waiting.length;
}

async function repositoriesOf(octokit: Octokit): Promise<Repository[]> {
  const list = octokit.rest.apps.listReposAccessibleToInstallation;
  const repositories = await octokit.paginate(list, { per_page: 100 });
  return repositories
    .filter(({ archived }) => !archived)
    .map(({ owner, name }) => ({ owner: owner.login, repo: name }));
}
