import { formatRepository } from '../../github/octokit.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { noteProposals } from '../../registry/proposals.ts';
import { moveRequest, requestState } from '../../registry/requests.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** A pull request is closed without a merge: nobody has to decide any more, and it brings no version. What was decided stays decided. */
export async function withdrawRequest({ registry }: AppContext, job: PullRequestJob): Promise<void> {
  const { number: pullRequest, installationId } = job;
  const of = { repository: formatRepository(job.repository), pullRequest };
  await inTransaction(registry, async (db) => {
    await noteProposals(db, { ...of, installationId }, []);
    if ((await requestState(db, of)) !== 'pending') return;
    await moveRequest(db, of, 'over');
    const event = { kind: 'approval.withdrawn', repository: of.repository, actor: 'sluice' };
    await appendEvent(db, { ...event, subject: `pull request ${pullRequest}`, data: { reason: 'closed' } });
  });
}
