import type { SchemaSet } from '../../core/configuration/configuration.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import type { Review } from '../../core/review/review.ts';
import { breakingChanges } from '../../core/review/review-pull-request.ts';
import { reviewSchema } from '../../core/review/review-schema.ts';
import { sideOf } from './side.ts';

/** Two versions of a schema, reviewed as a pull request would be, without what only a repository knows. Throws `InputError`. */
export async function reviewPair(oldGiven: string, newGiven: string, set: SchemaSet): Promise<Review> {
  const [old, next] = [await sideOf(oldGiven), await sideOf(newGiven)];
  const previous = old.path === next.path ? {} : { previousPath: old.path };
  const selected = { path: next.path, ...previous, set, change: 'modified' as const };
  const { review, problems } = await reviewSchema(selected, old, next);
  const [problem] = problems;
  if (problem !== undefined) {
    const { place, problem: text, remedy } = problem;
    throw new InputError(text, { remedy, place });
  }
  if (review === undefined || review.incomparable !== undefined) {
    throw new InputError(`${formatPlace({ path: oldGiven })}: ${review?.incomparable ?? 'this is no schema'}`, {
      remedy: 'Give two schemas',
    });
  }
  return {
    base: oldGiven,
    head: newGiven,
    // Nobody approves two files.
    schemas: [{ ...review, fingerprint: undefined }],
    problems: [],
    verdict: review.verdict,
    breakingCount: breakingChanges(review),
    fingerprint: undefined,
  };
}
