import { context } from '@actions/github';
import type { Repository } from '../github/octokit.ts';

/** The pull request that a workflow runs for. */
export interface PullRequestEvent {
  readonly repository: Repository;
  readonly number: number;
  /** The commit to check. */
  readonly head: string;
  /** Branch of the head, when it is in the same repository and a file can be created there. */
  readonly headBranch: string | undefined;
}

/** Undefined when the workflow runs for something else. */
export function readEvent(): PullRequestEvent | undefined {
  const pull = context.payload.pull_request;
  if (!pull) return undefined;
  const head = pull['head'] as { sha: string; ref: string; repo: { full_name: string } | null };
  const { owner, repo } = context.repo;
  const isOwn = head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  return { repository: { owner, repo }, number: pull.number, head: head.sha, headBranch: isOwn ? head.ref : undefined };
}
