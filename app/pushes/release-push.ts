import { sameLogin } from '../../core/approval/eligibility.ts';
import { render } from '../../core/rendering/render.ts';
import { closeIssue } from '../../github/issue.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { releasedBy } from '../../github/release-comments.ts';
import { treeAt } from '../../github/tree.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { type HeldPush, pushersOf, releaseHeldPush } from '../../registry/held-pushes.ts';
import { assess } from '../approval/assess.ts';
import { judge } from '../approval/judge.ts';
import { obstaclesOf } from '../approval/obstacles.ts';
import { rememberDecision } from '../approval/remember.ts';
import type { AppContext } from '../context.ts';
import { publishFree } from '../merge/publish.ts';
import { isUnchanged } from '../merge/release.ts';
import { asMerged, type Pushed } from './pushed.ts';
import { subjectOf } from './settle-push.ts';

/**
 * Lets a held push go ahead when the people whom the policy asks for have said so below its issue. Everything is computed again: review,
 * policy, rights, and whether the branch still holds what was pushed.
 */
export async function releasePush(
  context: AppContext,
  octokit: Octokit,
  pushed: Pushed & { readonly push: HeldPush },
): Promise<void> {
  const { job, push, tip } = pushed;
  const repository = formatRepository(job.repository);
  const pushers = [...push.pushers, ...(await pushersOf(context.registry, repository, [push.head]))];
  // While nobody knows who pushed, it may be whoever asks.
  if (pushers.length === 0) return;
  const people = (await releasedBy(octokit, job.repository, push.issue)).filter(
    (login) => !pushers.some((pusher) => sameLogin(pusher, login)),
  );
  if (people.length === 0) return;
  const range = { policy: push.base, base: push.base, head: push.head };
  const reviewed = await assess(context, octokit, job.repository, range);
  if (reviewed.result !== 'reviewed' || reviewed.review.fingerprint === undefined) return;
  const { review, configuration } = reviewed;
  if ((await obstaclesOf(context, job.repository, review, configuration)).length > 0) return;
  const merged = await asMerged(octokit, pushed, push.issue);
  const judged = await judge(context, octokit, {
    repository: job.repository,
    pull: merged.pull,
    reviewed,
    commit: push.head,
    baseCommit: push.base,
    reviews: () =>
      Promise.resolve(
        people.map((login) => ({
          login,
          isBot: false,
          opinion: 'approved' as const,
          commit: push.head,
          fingerprint: review.fingerprint,
        })),
      ),
  });
  if (judged.result !== 'decided' || judged.decision.state !== 'approved') return;
  const { decision, policy } = judged;
  const free = review.schemas;
  if (!(await isUnchanged(treeAt(octokit, job.repository, tip), { free }))) return;
  await rememberDecision(context, merged.job, { head: push.head, decision, review, policy });
  const settlement = { ...merged, subject: subjectOf(pushed), free, held: [], problems: [], decision, policy };
  const released = await inTransaction(context.registry, async (client) => {
    if (!(await releaseHeldPush(client, repository, push.head))) return false;
    const runs = await publishFree(client, settlement, reviewed);
    await appendEvent(client, {
      kind: 'push.released',
      repository,
      actor: decision.by.join(', '),
      subject: settlement.subject,
      data: { commit: push.head, issue: push.issue, fingerprint: review.fingerprint ?? null, runs },
    });
    return true;
  });
  if (released)
    await closeIssue(octokit, job.repository, push.issue, render('app/held-push-released', { by: decision.by }));
}
