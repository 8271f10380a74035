import type { Decision } from '../../core/approval/decision.ts';
import type { Problem, SchemaReview } from '../../core/review/review.ts';
import type { DirectPush } from '../../github/direct-commits.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { holdPush, pushersOf } from '../../registry/held-pushes.ts';
import { assess } from '../approval/assess.ts';
import { obstaclesOf } from '../approval/obstacles.ts';
import type { AppContext } from '../context.ts';
import { publishFree } from '../merge/publish.ts';
import { asMerged, type Pushed } from './pushed.ts';
import { reportHeldPush } from './report-held-push.ts';

type Direct = Pushed & { readonly push: DirectPush };

/**
 * Settles commits that were pushed past any pull request. What breaks nothing is published as after a merge. Whatever needs an approval, or
 * could not have been merged, is held all together: nobody has looked at it.
 */
export async function settlePush(context: AppContext, octokit: Octokit, pushed: Direct): Promise<void> {
  const { job, push } = pushed;
  const range = { policy: push.base, base: push.base, head: push.head };
  const assessment = await assess(context, octokit, job.repository, range);
  if (assessment.result === 'repair') return;
  if (assessment.result === 'unreadable') return hold(context, octokit, pushed, [], assessment.problems);
  const { review, configuration } = assessment;
  const { schemas } = review;
  if (schemas.length === 0 && review.problems.length === 0) return;
  const problems = await obstaclesOf(context, job.repository, review, configuration);
  if (problems.length > 0 || review.fingerprint !== undefined) return hold(context, octokit, pushed, schemas, problems);
  const merged = await asMerged(octokit, pushed, 0);
  const subject = subjectOf(pushed);
  const decision: Decision = { state: 'not-needed' };
  await inTransaction(context.registry, async (client) => {
    await publishFree(client, { ...merged, subject, free: schemas, held: [], problems, decision }, assessment);
    await appendEvent(client, {
      kind: 'push.settled',
      repository: formatRepository(job.repository),
      actor: merged.pull.author || 'unknown',
      subject,
      data: { commit: push.head, base: push.base, free: schemas.map(({ path }) => path) },
    });
  });
}

export function subjectOf({ push }: Pushed): string {
  return `push of ${push.head}`;
}

async function hold(
  context: AppContext,
  octokit: Octokit,
  pushed: Direct,
  schemas: readonly SchemaReview[],
  problems: readonly Problem[],
): Promise<void> {
  const { job, push } = pushed;
  const repository = formatRepository(job.repository);
  const { pull } = await asMerged(octokit, pushed, 0);
  const issue = await reportHeldPush(context, octokit, pushed, { by: pull.author, url: pull.url, schemas, problems });
  await inTransaction(context.registry, async (client) => {
    const pushers = await pushersOf(client, repository, push.commits);
    if (!(await holdPush(client, repository, { ...push, issue, pushers }))) return;
    const fingerprints = schemas.flatMap(({ fingerprint }) => fingerprint ?? []);
    await appendEvent(client, {
      kind: 'push.held',
      repository,
      actor: pushers.join(', ') || 'unknown',
      subject: subjectOf(pushed),
      data: {
        commit: push.head,
        base: push.base,
        issue,
        held: schemas.map(({ path }) => path),
        problems: problems.length,
        fingerprints,
        reason: problems.length > 0 ? 'pushed with problems' : 'pushed without an approval',
      },
    });
  });
}
