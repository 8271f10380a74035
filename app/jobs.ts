import { isObject, type Json, own } from '../core/schema/json.ts';
import type { Repository } from '../github/octokit.ts';
import type { OutboxMessage } from '../registry/outbox.ts';
import { appQueue } from '../registry/runs/progress.ts';

/** A pull request to look at: what is to be done follows from its state on GitHub, never from the job. */
export interface PullRequestJob {
  readonly repository: Repository;
  readonly number: number;
  readonly installationId: number;
}

export const pullRequestJob = 'pull-request';
export const runProgressJob = 'run-progress';

/** Any number of events of one pull request that wait together are one job. */
export function pullRequestMessage(job: PullRequestJob): OutboxMessage {
  const { owner, repo } = job.repository;
  const data = { owner, repo, number: job.number, installationId: job.installationId };
  return {
    queue: appQueue,
    name: pullRequestJob,
    key: `pull-request:${owner}/${repo}#${job.number}`.toLowerCase(),
    data,
  };
}

export function runProgressMessage(runId: string): OutboxMessage {
  return { queue: appQueue, name: runProgressJob, key: `run-progress:${runId}`, data: { runId } };
}

/** Throws when the data is not what `pullRequestMessage` wrote. */
export function readPullRequestJob(data: Json): PullRequestJob {
  const [owner, repo, number, installationId] = ['owner', 'repo', 'number', 'installationId'].map((name) =>
    isObject(data) ? own(data, name) : undefined,
  );
  if (
    typeof owner !== 'string' ||
    typeof repo !== 'string' ||
    typeof number !== 'number' ||
    typeof installationId !== 'number'
  ) {
    throw new TypeError('a pull-request job without owner, repo, number and installationId');
  }
  return { repository: { owner, repo }, number, installationId };
}

export function readRunJob(data: Json): string {
  const runId = isObject(data) ? own(data, 'runId') : undefined;
  if (typeof runId !== 'string') throw new TypeError('a run-progress job without runId');
  return runId;
}
