import { isObject, type Json, own } from '../core/schema/json.ts';
import type { Repository } from '../github/octokit.ts';
import type { Cause } from '../registry/cause.ts';
import type { OutboxMessage } from '../registry/outbox.ts';
import { appQueue } from '../registry/runs/progress.ts';

/** What every job of a webhook says. */
interface AskedFor {
  /** GitHub's delivery id of the webhook that asked for it, the last of several; for the audit trail only. */
  readonly delivery?: string | undefined;
}

/** A pull request to look at: what is to be done follows from its state on GitHub, never from the job. */
export interface PullRequestJob extends AskedFor {
  readonly repository: Repository;
  readonly number: number;
  readonly installationId: number;
}

/** A pull request as a merge queue would merge it. */
export interface MergeGroupJob extends PullRequestJob {
  /** What the base branch would become. */
  readonly head: string;
  /** What comes before it: the base branch, or the pull request ahead in the queue. */
  readonly base: string;
}

/** A comment or a click that asks for something. */
export interface CommandJob extends PullRequestJob {
  /** As the registry knows the command. */
  readonly key: string;
}

/** The default branch of a repository. */
export interface BranchJob extends AskedFor {
  readonly repository: Repository;
  readonly installationId: number;
}

export const pullRequestJob = 'pull-request';
export const branchJob = 'branch';
export const mergeGroupJob = 'merge-group';
export const commandJob = 'command';
export const runProgressJob = 'run-progress';
export const countedJob = 'counted';

/** Any number of events of one pull request that wait together are one job. */
export function pullRequestMessage(job: PullRequestJob): OutboxMessage {
  const { owner, repo } = job.repository;
  const { number, installationId, delivery } = job;
  const data = { owner, repo, number, installationId, ...optional(delivery) };
  return {
    queue: appQueue,
    name: pullRequestJob,
    key: `pull-request:${owner}/${repo}#${job.number}`.toLowerCase(),
    data,
  };
}

export function mergeGroupMessage(job: MergeGroupJob): OutboxMessage {
  const { repository, number, installationId, head, base, delivery } = job;
  const data = { ...repository, number, installationId, head, base, ...optional(delivery) };
  return { queue: appQueue, name: mergeGroupJob, key: `merge-group:${head}`, data };
}

export function commandMessage(job: CommandJob): OutboxMessage {
  const { repository, number, installationId, key, delivery } = job;
  const data = { ...repository, number, installationId, key, ...optional(delivery) };
  const name = `command:${repository.owner}/${repository.repo}:${key}`.toLowerCase();
  return { queue: appQueue, name: commandJob, key: name, data };
}

/** Records were counted again for a pull request. */
export function countedMessage(job: PullRequestJob): OutboxMessage {
  const { repository, number, installationId } = job;
  const key = `counted:${repository.owner}/${repository.repo}#${number}`.toLowerCase();
  return { queue: appQueue, name: countedJob, key, data: { ...repository, number, installationId } };
}

/** @param delay milliseconds */
export function branchMessage({ repository, installationId, delivery }: BranchJob, delay: number): OutboxMessage {
  const key = `branch:${repository.owner}/${repository.repo}`.toLowerCase();
  return {
    queue: appQueue,
    name: branchJob,
    key,
    data: { ...repository, installationId, ...optional(delivery) },
    delay,
  };
}

export function runProgressMessage(runId: string): OutboxMessage {
  return { queue: appQueue, name: runProgressJob, key: `run-progress:${runId}`, data: { runId } };
}

function optional(delivery: string | undefined): { delivery?: string } {
  return delivery === undefined ? {} : { delivery };
}

/** The webhook that asked for a job, whichever job it is, and the comment that asked for a command. */
export function causeOf(data: Json): Cause {
  const [delivery, key] = ['delivery', 'key'].map((name) => (isObject(data) ? own(data, name) : undefined));
  const comment = typeof key === 'string' ? commentOf(key) : undefined;
  return { delivery: typeof delivery === 'string' ? delivery : undefined, comment };
}

/** GitHub's number of the comment that a command is in; undefined: it is in none. */
export function commentOf(key: string): number | undefined {
  const [, comment] = /^comment:(\d+)$/.exec(key) ?? [];
  return comment === undefined ? undefined : Number(comment);
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

/** Throws when the data is not what `commandMessage` wrote. */
export function readCommandJob(data: Json): CommandJob {
  const key = isObject(data) ? own(data, 'key') : undefined;
  if (typeof key !== 'string') throw new TypeError('a command job without key');
  return { ...readPullRequestJob(data), key };
}

/** Throws when the data is not what `branchMessage` wrote. */
export function readBranchJob(data: Json): BranchJob {
  const { repository, installationId } = readPullRequestJob(isObject(data) ? { ...data, number: 0 } : data);
  return { repository, installationId };
}

/** Throws when the data is not what `mergeGroupMessage` wrote. */
export function readMergeGroupJob(data: Json): MergeGroupJob {
  const [head, base] = ['head', 'base'].map((name) => (isObject(data) ? own(data, name) : undefined));
  if (typeof head !== 'string' || typeof base !== 'string')
    throw new TypeError('a merge-group job without head and base');
  return { ...readPullRequestJob(data), head, base };
}

export function readRunJob(data: Json): string {
  const runId = isObject(data) ? own(data, 'runId') : undefined;
  if (typeof runId !== 'string') throw new TypeError('a run-progress job without runId');
  return runId;
}
