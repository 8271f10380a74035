import type { Octokit, Repository } from './octokit.ts';

export type DeploymentState = 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

export interface Deployment {
  readonly commit: string;
  /** Names this very deployment among those of its commit. */
  readonly task: string;
  readonly environment: string;
  readonly isProduction: boolean;
  readonly description: string;
  readonly state: DeploymentState;
}

/** GitHub's limit, in characters. */
const descriptionLimit = 140;

/** Records a deployment and how it stands: made when it is not there, and told of a state when that is not its last one. */
export async function recordDeployment(
  octokit: Octokit,
  repository: Repository,
  deployment: Deployment,
): Promise<void> {
  const { commit: sha, task, environment, state } = deployment;
  const description = deployment.description.slice(0, descriptionLimit);
  const { data: known } = await octokit.rest.repos.listDeployments({ ...repository, sha, task, environment });
  let id = known.find((one) => one.task === task)?.id;
  if (id === undefined) {
    const { data } = await octokit.rest.repos.createDeployment({
      ...repository,
      ref: sha,
      task,
      environment,
      description,
      production_environment: deployment.isProduction,
      auto_merge: false,
      // It is of what was merged: no check of that commit has a say in it any more.
      required_contexts: [],
    });
    if (!('id' in data)) return;
    id = data.id;
  }
  const of = { ...repository, deployment_id: id };
  const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({ ...of, per_page: 1 });
  if (statuses[0]?.state === state) return;
  // Migrations of other schemas in the same environment stay as they are.
  await octokit.rest.repos.createDeploymentStatus({ ...of, state, description, auto_inactive: false });
}
