import type { Configuration } from '../../core/configuration/configuration.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import { formatRepository } from '../../github/octokit.ts';
import type { RunOrder } from '../../registry/runs/order.ts';
import type { PullRequestJob } from '../jobs.ts';

/** What a runner needs to migrate a schema's records; undefined when there are none, or when they may stay as they are. */
export function runOrder(
  job: PullRequestJob,
  mergeCommit: string,
  configuration: Configuration,
  schema: SchemaReview,
): RunOrder | undefined {
  const { migration, oldText, newText, set, path } = schema;
  const target = set.target === undefined ? undefined : configuration.targets.get(set.target);
  if (migration.status !== 'given' || !target || oldText === undefined || newText === undefined) return undefined;
  return {
    repository: formatRepository(job.repository),
    pullRequest: job.number,
    mergeCommit,
    installationId: job.installationId,
    schema: schema.name,
    path,
    previousPath: schema.previousPath,
    fromVersion: schema.oldVersion,
    toVersion: schema.newVersion,
    oldText,
    newText,
    files: { old: schema.oldFiles ?? {}, new: schema.newFiles ?? {} },
    migrationPath: migration.path,
    migrationText: migration.text,
    target,
    formatAssertion: set.formatAssertion,
    producers: set.producers,
    mode: set.compatibility,
    fingerprint: schema.fingerprint,
  };
}
