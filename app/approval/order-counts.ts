import { type ApprovalPolicy, defaultRecordChange } from '../../core/configuration/approval-policy.ts';
import { formatRepository } from '../../github/octokit.ts';
import { inTransaction } from '../../registry/database.ts';
import type { OutboxMessage } from '../../registry/outbox.ts';
import { type CountMoment, forgetApprovedCounts, orderCount } from '../../registry/record-counts.ts';
import { hasRun } from '../conditions/conditions-of.ts';
import type { AppContext } from '../context.ts';
import { type PullRequestJob, pullRequestMessage } from '../jobs.ts';
import type { Reviewed } from './assess.ts';

interface Counting {
  readonly moment: CountMoment;
  readonly policy: ApprovalPolicy;
  /** What is to be done once the records are counted. */
  readonly done?: OutboxMessage;
}

/**
 * Has runners count the records of every migration that needs an approval: the App has no address of a database. Returns how many counts
 * were ordered; none where they were before.
 */
export async function orderCounts(
  { registry }: AppContext,
  job: PullRequestJob,
  { review, configuration }: Reviewed,
  { moment, policy, done = pullRequestMessage(job) }: Counting,
): Promise<number> {
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  return inTransaction(registry, async (db) => {
    let ordered = 0;
    for (const schema of review.schemas) {
      const { fingerprint, path, set } = schema;
      const target = set.target === undefined ? undefined : configuration.targets.get(set.target);
      if (fingerprint === undefined || target === undefined || !hasRun(schema, configuration)) continue;
      const threshold = policy.recordChange ?? defaultRecordChange;
      if (await orderCount(db, { ...of, fingerprint, path, moment }, { target, threshold }, done)) ordered += 1;
    }
    return ordered;
  });
}

/** For an open pull request, in line with what is decided: counted when it is first seen, and when it is approved. */
export async function countForDecision(
  context: AppContext,
  job: PullRequestJob,
  reviewed: Reviewed,
  { policy, approved }: { readonly policy: ApprovalPolicy; readonly approved: boolean },
): Promise<void> {
  await orderCounts(context, job, reviewed, { moment: 'proposed', policy });
  if (approved) await orderCounts(context, job, reviewed, { moment: 'approved', policy });
  else
    await forgetApprovedCounts(context.registry, {
      repository: formatRepository(job.repository),
      pullRequest: job.number,
    });
}
