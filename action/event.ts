import { context } from '@actions/github';
import type { Repository } from '../github/octokit.ts';

/** What a workflow runs for, as far as there is something to compare. */
export type CheckEvent =
  | {
      readonly kind: 'pull-request';
      readonly repository: Repository;
      readonly number: number;
      /** The commit to check. */
      readonly head: string;
      /** Branch of the head, when it is in the same repository and a file can be created there. */
      readonly headBranch: string | undefined;
    }
  /** Started by hand, or by a clock: a commit against a branch, a tag or another commit. */
  | {
      readonly kind: 'dispatch';
      readonly repository: Repository;
      readonly head: string;
      readonly against: string;
    }
  /** A merge queue's candidate, or a push: two commits, one after the other, and nobody to comment to. */
  | {
      readonly kind: 'merge-group' | 'push';
      readonly repository: Repository;
      readonly base: string;
      readonly head: string;
      readonly branch: string;
    };

/**
 * Undefined when the workflow runs for something else, or for a branch that is new.
 * @param against what a workflow that is started by hand compares with; undefined: the default branch
 */
export function readEvent(against: string | undefined): CheckEvent | undefined {
  const { payload, eventName } = context;
  const { owner, repo } = context.repo;
  const repository = { owner, repo };
  const pull = payload.pull_request;
  if (pull) {
    const head = pull['head'] as { sha: string; ref: string; repo: { full_name: string } | null };
    const isOwn = head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
    const headBranch = isOwn ? head.ref : undefined;
    return { kind: 'pull-request', repository, number: pull.number, head: head.sha, headBranch };
  }
  const group = payload['merge_group'] as { base_sha: string; head_sha: string; base_ref: string } | undefined;
  if (group) {
    const branch = branchOf(group.base_ref);
    return { kind: 'merge-group', repository, base: group.base_sha, head: group.head_sha, branch };
  }
  if (eventName === 'workflow_dispatch' || eventName === 'schedule') {
    const { default_branch: defaultBranch } = (payload.repository ?? {}) as { default_branch?: unknown };
    const named = against ?? (typeof defaultBranch === 'string' ? defaultBranch : undefined);
    return named === undefined ? undefined : { kind: 'dispatch', repository, head: context.sha, against: named };
  }
  const { before, after, ref } = payload as { before?: unknown; after?: unknown; ref?: unknown };
  if (!isCommit(before) || !isCommit(after) || typeof ref !== 'string') return undefined;
  return { kind: 'push', repository, base: before, head: after, branch: branchOf(ref) };
}

/** All zeros stand for a branch that is new or gone. */
function isCommit(sha: unknown): sha is string {
  return typeof sha === 'string' && /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha);
}

function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
