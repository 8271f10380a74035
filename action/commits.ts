import { unreachable } from '../core/unreachable.ts';
import { mergeBase } from '../github/merge-base.ts';
import type { Octokit } from '../github/octokit.ts';
import { readPullRequest } from '../github/pull-request.ts';
import type { CheckEvent } from './event.ts';

/** The commits that a check is about. */
export interface Commits {
  /** Where the rules are read: never what a pull request brings. */
  readonly policy: string;
  readonly base: string;
  readonly head: string;
  /** Name of the branch that the change goes to. */
  readonly branch: string;
}

/** Asks GitHub where the base branch of a pull request is now: the event may be old. */
export async function commitsOf(octokit: Octokit, event: CheckEvent): Promise<Commits> {
  switch (event.kind) {
    case 'pull-request': {
      const { repository, number, head } = event;
      const { base } = await readPullRequest(octokit, repository, number);
      const from = await mergeBase(octokit, repository, base.commit, head);
      return { policy: base.commit, base: from, head, branch: base.branch };
    }
    case 'merge-group':
      return { policy: event.base, base: event.base, head: event.head, branch: event.branch };
    case 'dispatch': {
      const { repository, against, head } = event;
      const from = await mergeBase(octokit, repository, against, head);
      const { data } = await octokit.rest.repos.getCommit({ ...repository, ref: against });
      return { policy: data.sha, base: from, head, branch: against };
    }
    case 'push':
      // What is pushed is the branch now, its rules included.
      return { policy: event.head, base: event.base, head: event.head, branch: event.branch };
    default:
      return unreachable(event);
  }
}
