import { isObject, type Json, own } from '../../core/schema/json.ts';
import { formatRepository } from '../../github/octokit.ts';
import { listEvents } from '../../registry/events.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** What the audit trail says of a merge. */
export type MergeHistory =
  | { readonly state: 'new' }
  | { readonly state: 'settled' }
  | {
      readonly state: 'held';
      /** Paths of the schemas that were held. */
      readonly held: readonly Json[];
      /** Number of the last review that was there when it was held: only a later one can release it. */
      readonly lastReview: number;
    };

export async function mergeHistory(
  { registry }: AppContext,
  job: PullRequestJob,
  commit: string,
): Promise<MergeHistory> {
  const of = { repository: formatRepository(job.repository), subject: `pull request ${job.number}`, limit: 10_000 };
  const events = (await listEvents(registry, of)).filter(
    ({ data }) => isObject(data) && own(data, 'commit') === commit,
  );
  if (events.some(({ kind }) => kind === 'merge.settled' || kind === 'merge.released')) return { state: 'settled' };
  const held = events.find(({ kind }) => kind === 'merge.held')?.data;
  if (!isObject(held)) return { state: 'new' };
  const paths = own(held, 'held');
  return { state: 'held', held: Array.isArray(paths) ? paths : [], lastReview: Number(own(held, 'lastReview')) };
}
