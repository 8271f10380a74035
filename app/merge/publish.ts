import { policyHash } from '../../core/approval/policy-hash.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import { namedWindow } from '../../core/schedule/named-window.ts';
import { formatRepository } from '../../github/octokit.ts';
import { type Database, inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { rivalsOf } from '../../registry/proposals.ts';
import { createRun } from '../../registry/runs/create.ts';
import { setSchedule } from '../../registry/schedules.ts';
import { lockVersion } from '../../registry/version-on-its-way.ts';
import { publishVersion } from '../../registry/versions.ts';
import type { Assessment } from '../approval/assess.ts';
import type { AppContext } from '../context.ts';
import { pullRequestMessage, runProgressMessage } from '../jobs.ts';
import { contentFingerprint } from './content-fingerprint.ts';
import { runOrder } from './run-order.ts';
import type { Settlement } from './settle.ts';
import { takenVersion } from './taken-version.ts';

type Reviewed = Extract<Assessment, { result: 'reviewed' }>;

/** Publishes versions, orders runs and notes in the audit trail that the merge is settled: all of it or nothing. */
export async function publishMerge(
  context: AppContext,
  settlement: Settlement,
  reviewed: Reviewed | undefined,
  how: { readonly lastReview: number } | { readonly released: readonly string[] },
): Promise<void> {
  const { free, held, job, pull, problems, decision, subject } = settlement;
  await inTransaction(context.registry, async (client) => {
    const runs = await publishFree(client, settlement, reviewed);
    await appendEvent(client, {
      kind:
        'released' in how
          ? 'merge.released'
          : held.length === 0 && problems.length === 0
            ? 'merge.settled'
            : 'merge.held',
      repository: formatRepository(job.repository),
      actor: 'released' in how ? how.released.join(', ') : pull.merge.by,
      subject,
      data: {
        commit: pull.merge.commit,
        decision: decision?.state ?? 'not decided',
        fingerprint: reviewed?.review.fingerprint ?? null,
        ...(settlement.policy === undefined ? {} : { policy: policyHash(settlement.policy) }),
        runs,
        free: free.map(({ path }) => path),
        held: held.map(({ path }) => path),
        problems: problems.length,
        ...('released' in how ? {} : { lastReview: how.lastReview }),
      },
    });
  });
}

/** Publishes versions and orders runs for what may go ahead. Returns the runs. */
export async function publishFree(
  client: Database,
  settlement: Settlement,
  reviewed: Reviewed | undefined,
): Promise<string[]> {
  const { free, job, pull } = settlement;
  const runs: string[] = [];
  for (const schema of free) {
    await takeVersion(client, settlement, schema);
    const order = reviewed && runOrder(job, pull.merge.commit, reviewed.configuration, schema);
    if (!order) await publish(client, settlement, schema);
    else {
      const run = await createRun(client, order);
      await scheduleByPolicy(client, settlement);
      await appendOutbox(client, runProgressMessage(run));
      runs.push(run);
    }
  }
  return runs;
}

/** The windows of the policy as it is now: nobody moves them for a run that was ordered. */
async function scheduleByPolicy(client: Database, { job, policy }: Settlement): Promise<void> {
  const windows = (policy?.startIn ?? []).flatMap((window) => namedWindow(window, policy?.windows) ?? []);
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  if (windows.length > 0) await setSchedule(client, of, 'policy', { windows, setBy: 'policy' });
}

/** Nobody else publishes or orders the same version before this is over; other pull requests that would bring it hear of it. */
async function takeVersion(client: Database, { job }: Settlement, schema: SchemaReview): Promise<void> {
  const { name, newVersion: version } = schema;
  if (version === undefined) return;
  const repository = formatRepository(job.repository);
  await lockVersion(client, { repository, schema: name, version });
  // Somebody else's merge was faster: the next attempt finds it among the obstacles and says so.
  const taken = await takenVersion(client, job.repository, schema);
  if (taken) throw new Error(taken.problem);
  const rivals = await rivalsOf(client, { repository, pullRequest: job.number }, { schema: name, version });
  for (const { pullRequest: number, installationId } of rivals)
    await appendOutbox(client, pullRequestMessage({ repository: job.repository, number, installationId }));
}

/** The runner publishes the versions that records have to be migrated to, once they are. */
async function publish(client: Database, { job, pull, subject }: Settlement, schema: SchemaReview): Promise<void> {
  const { name, path, newText: text, newVersion: version } = schema;
  if (text === undefined || version === undefined) return;
  const repository = formatRepository(job.repository);
  const fingerprint = contentFingerprint(path, text);
  const commit = pull.merge.commit;
  const result = await publishVersion(client, { repository, schema: name, version, text, fingerprint, commit });
  // Somebody else's merge was faster with this number: the next attempt finds it among the obstacles and says so.
  if (result === 'conflict') throw new Error(`${name} ${version} was published with other content just now`);
  if (result === 'already-published') return;
  const event = { kind: 'version.published', repository, actor: 'sluice', subject };
  await appendEvent(client, { ...event, data: { schema: name, version, commit, fingerprint } });
}
