import type { Octokit, Repository } from './octokit.ts';

export interface Opinion {
  readonly login: string;
  readonly isBot: boolean;
  readonly opinion: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit that was reviewed; undefined when GitHub no longer knows it. */
  readonly commit: string | undefined;
  /** GitHub's number of the review; later reviews have larger ones. */
  readonly review: number;
  /** By GitHub's clock. */
  readonly given: Date;
  /** What was written along. */
  readonly body: string;
}

/** The last opinion of every reviewer. Comments are no opinion; deleted accounts have none. In the order they were given. */
export async function latestOpinions(
  octokit: Octokit,
  repository: Repository,
  pull: number,
): Promise<readonly Opinion[]> {
  const request = { ...repository, pull_number: pull, per_page: 100 };
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, request);
  const latest = new Map<string, Opinion>();
  for (const review of reviews.sort((left, right) => left.id - right.id)) {
    const opinion = opinionOf(review.state);
    if (opinion === undefined || !review.user) continue;
    const key = review.user.login.toLowerCase();
    latest.delete(key);
    latest.set(key, {
      login: review.user.login,
      isBot: review.user.type !== 'User',
      opinion,
      commit: review.commit_id ?? undefined,
      review: review.id,
      given: new Date(review.submitted_at ?? 0),
      body: review.body ?? '',
    });
  }
  return [...latest.values()];
}

function opinionOf(state: string): Opinion['opinion'] | undefined {
  switch (state.toUpperCase()) {
    case 'APPROVED':
      return 'approved';
    case 'CHANGES_REQUESTED':
      return 'changes-requested';
    case 'DISMISSED':
      return 'dismissed';
    default:
      return undefined;
  }
}
