import { createHash } from 'node:crypto';
import { type CheckRun, publishDatedCheckRun } from '../../github/check-run.ts';
import { formatRepository, type Octokit, type Repository } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { countRejections } from '../../registry/commands.ts';
import { noteShown, type Shown } from '../../registry/shown.ts';
import { approvalButtons } from '../commands/buttons.ts';
import type { AppContext } from '../context.ts';
import { type ApprovalView, describeApproval } from './describe.ts';

const approvalCheckName = 'Sluice / approval';

/** Checks belong to commits, and one commit may be proposed to several branches: each has a check of its own. */
export function approvalCheckOf({ base }: PullRequest): string {
  return base.isDefault ? approvalCheckName : `${approvalCheckName} (${base.branch})`;
}

/** Puts the state of the approval on a commit: the pull request's last one, or what a merge queue would make of it. */
export function publishApprovalCheck(
  context: AppContext,
  octokit: Octokit,
  repository: Repository,
  pull: PullRequest,
  commit: string,
): (view: ApprovalView) => Promise<void> {
  return async (view) => {
    const { state, title, summary } = describeApproval(view);
    const of = { repository: formatRepository(repository), pullRequest: pull.number };
    const fingerprint = fingerprintShown(view);
    const isHead = commit === pull.head;
    const run: CheckRun = {
      name: approvalCheckOf(pull),
      commit,
      externalId: approvalCheckId(pull, isHead ? fingerprint : undefined),
      state,
      title,
      summary,
      actions: isHead ? approvalButtons(view, await countRejections(context.registry, of)) : [],
    };
    const { since } = await publishDatedCheckRun(octokit, repository, context.appId, run);
    if (!isHead) return;
    await noteShown(context.registry, of, { head: commit, base: pull.base.branch, fingerprint }, since);
  };
}

/** What somebody who reads the check can approve. */
function fingerprintShown(view: ApprovalView): string | undefined {
  return view.state === 'decided' ? view.review.fingerprint : undefined;
}

/** Our own id of a check, which comes back with its webhooks: the pull request, and what would be approved for which branch. */
function approvalCheckId({ number, base }: PullRequest, fingerprint: string | undefined): string {
  return `pull-request:${number}${fingerprint === undefined ? '' : `:${shownMark({ base: base.branch, fingerprint })}`}`;
}

/** Stands for what a check shows; undefined as long as there is nothing to approve. */
export function shownMark({ base, fingerprint }: Pick<Shown, 'base' | 'fingerprint'>): string | undefined {
  return fingerprint && createHash('sha256').update(`${fingerprint} ${base}`).digest('hex').slice(0, 16);
}

export function readApprovalCheckId(
  id: string | null | undefined,
): { readonly number: number; readonly mark: string | undefined } | undefined {
  const [, number, mark] = /^pull-request:(\d+)(?::([0-9a-f]{16}))?$/.exec(id ?? '') ?? [];
  return number === undefined ? undefined : { number: Number(number), mark };
}
