import { formatPlace } from '../core/input-error.ts';
import { sentence } from '../core/rendering/sentence.ts';
import type { Problem } from '../core/review/review.ts';

/** Problems as the template `app/problems` takes them. */
export function problemLines(problems: readonly Problem[]): object[] {
  return problems.map(({ place, problem, remedy }) => ({
    place: formatPlace(place),
    problem: sentence(problem),
    remedy: sentence(remedy),
  }));
}
