import { type RunState, stateTable } from '../../core/migration/states.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { unreachable } from '../../core/unreachable.ts';
import { type DeploymentState, recordDeployment } from '../../github/deployment.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { requestStatus } from '../../github/request-status.ts';
import type { Run } from '../../registry/runs/run.ts';
import type { AppContext } from '../context.ts';

/** Answers after which asking again changes nothing: the App may not write deployments, or the commit is gone. */
const lasting = new Set([403, 404, 409, 422]);

/**
 * Keeps GitHub's record of a run as a deployment of its merge commit to where its records are. A rehearsal is none. A repository that takes
 * no deployments misses nothing else: the check of the run says the same.
 */
export async function showDeployment(
  { log }: AppContext,
  octokit: Octokit,
  repository: Repository,
  run: Run,
): Promise<void> {
  if (run.dryRun === true) return;
  const environment = onOneLine(run.target.environment ?? run.target.database);
  const versions = `${run.fromVersion ?? ''} → ${run.toVersion ?? ''}`;
  try {
    await recordDeployment(octokit, repository, {
      commit: run.mergeCommit,
      task: `sluice:${run.id}`,
      environment,
      isProduction: /^prod(uction)?$/i.test(environment),
      description: onOneLine(`${run.schema} ${versions}: ${stateTable[run.state].meaning}`),
      state: deploymentState(run.state),
    });
  } catch (error) {
    if (!lasting.has(requestStatus(error) ?? 0)) throw error;
    log.warn({ err: error, run: run.id }, 'the repository takes no deployment of a run');
  }
}

export function deploymentState(state: RunState): DeploymentState {
  switch (state) {
    case 'planned':
      return 'queued';
    case 'prechecking':
    case 'shadowing':
    case 'capturing':
    case 'backfilling':
    case 'verifying':
    case 'cutting-over':
    case 'paused':
    case 'rolling-back':
    case 'cancelling':
    case 'failing':
      return 'in_progress';
    case 'reversing':
    case 'completing':
    case 'completed':
      return 'success';
    case 'failed':
      return 'failure';
    case 'needs-attention':
      return 'error';
    case 'rolled-back':
    case 'cancelled':
      return 'inactive';
    default:
      return unreachable(state);
  }
}
