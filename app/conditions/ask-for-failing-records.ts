import { conditionKind } from '../../core/approval/condition.ts';
import { formatRepository } from '../../github/octokit.ts';
import type { Condition } from '../../registry/conditions.ts';
import { inTransaction } from '../../registry/database.ts';
import { orderFailingRecords } from '../../registry/failing-records.ts';
import type { OutboxMessage } from '../../registry/outbox.ts';
import type { Reviewed } from '../approval/assess.ts';
import type { AppContext } from '../context.ts';
import { type PullRequestJob, pullRequestMessage } from '../jobs.ts';
import { hasRun } from './conditions-of.ts';

interface Asking {
  readonly conditions: readonly Condition[];
  /** To have runners look once more, and what is to be done then; absent: they look once. */
  readonly again?: OutboxMessage;
}

/** Has runners look for the records that keep conditions from being met: the App has no address of a database. */
export async function askForFailingRecords(
  { registry }: AppContext,
  job: PullRequestJob,
  { review, configuration }: Reviewed,
  { conditions, again }: Asking,
): Promise<void> {
  const { fingerprint } = review;
  if (fingerprint === undefined) return;
  const of = { repository: formatRepository(job.repository), pullRequest: job.number, fingerprint };
  const wanted = conditions
    .map(({ words }) => conditionKind(words))
    .filter((condition) => condition.kind === 'no-records-without');
  await inTransaction(registry, async (db) => {
    for (const schema of review.schemas) {
      const { path, name, set } = schema;
      const target = set.target === undefined ? undefined : configuration.targets.get(set.target);
      if (target === undefined || schema.fingerprint === undefined || !hasRun(schema, configuration)) continue;
      const pointers = wanted.filter((one) => one.schema === undefined || one.schema === name);
      for (const pointer of new Set(pointers.map((one) => one.pointer))) {
        const how = { target, again: again !== undefined };
        await orderFailingRecords(db, { ...of, path, pointer }, how, again ?? pullRequestMessage(job));
      }
    }
  });
}
