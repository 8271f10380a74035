import type { Decision } from '../../core/approval/decision.ts';
import { policyHash } from '../../core/approval/policy-hash.ts';
import type { ApprovalPolicy } from '../../core/configuration/configuration.ts';
import type { Review } from '../../core/review/review.ts';
import { formatRepository } from '../../github/octokit.ts';
import { type Approval, currentApproval, invalidateApprovals, saveApproval } from '../../registry/approvals.ts';
import { keepConditions } from '../../registry/conditions.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { noteRequest } from './note-request.ts';

/** A decision with what it was about; all undefined when nothing could be decided. */
export interface Decided {
  readonly head: string;
  readonly decision: Decision | undefined;
  readonly review: Review | undefined;
  readonly policy: ApprovalPolicy | undefined;
}

/** Keeps the registry's one current approval of a pull request in line with the decision, and writes every change into the audit trail. */
export async function rememberDecision(context: AppContext, job: PullRequestJob, decided: Decided): Promise<void> {
  const pull = { repository: formatRepository(job.repository), pullRequest: job.number };
  const subject = `pull request ${job.number}`;
  await inTransaction(context.registry, async (client) => {
    await noteRequest(client, { ...pull, installationId: job.installationId }, decided);
    const current = await currentApproval(client, pull);
    const approval = approvalOf(pull, decided);
    if (approval) {
      await saveApproval(client, approval);
      const { fingerprint: approved } = approval;
      if (decided.decision?.state === 'approved')
        await keepConditions(
          client,
          { ...pull, fingerprint: approved },
          decided.decision.given ?? [],
          decided.policy?.windows,
        );
      if (current?.fingerprint === approval.fingerprint && sameItems(current.by, approval.by)) return;
      const { head, fingerprint, policyHash: policy } = approval;
      for (const actor of approval.by.filter(
        (login) => current?.fingerprint !== fingerprint || !current.by.includes(login),
      )) {
        const data = { head, fingerprint, policy };
        await appendEvent(client, { kind: 'approval.given', repository: pull.repository, actor, subject, data });
      }
    } else if (current) {
      const reason = reasonOf(decided, current.fingerprint);
      await invalidateApprovals(client, { ...pull, reason });
      const data = { head: decided.head, fingerprint: current.fingerprint, policy: current.policyHash, reason };
      await appendEvent(client, {
        kind: 'approval.invalidated',
        repository: pull.repository,
        actor: 'sluice',
        subject,
        data,
      });
    }
  });
}

function approvalOf(
  pull: { repository: string; pullRequest: number },
  { head, decision, review, policy }: Decided,
): Approval | undefined {
  if (decision?.state !== 'approved' || review?.fingerprint === undefined || !policy) return undefined;
  const parts = review.schemas.flatMap(({ path, fingerprint }) =>
    fingerprint === undefined ? [] : [{ path, fingerprint }],
  );
  const bound = { head, fingerprint: review.fingerprint, parts, policyHash: policyHash(policy) };
  return { ...pull, ...bound, decision, by: decision.by };
}

function reasonOf({ decision, review }: Decided, approved: string): string {
  if (!decision) return 'nothing can be decided: the check says why';
  if (decision.state === 'not-needed') return 'nothing breaks any more';
  if (decision.state === 'rejected') return 'changes were requested';
  return review?.fingerprint === approved
    ? 'an approval was taken back or no longer counts'
    : 'what was approved has changed';
}

function sameItems(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
