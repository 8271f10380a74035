import { createHash } from 'node:crypto';
import type { SuggestedEdit } from '../core/rendering/comment/input.ts';
import { renderSuggestion, suggestEdits } from '../core/rendering/suggestions/suggest.ts';
import type { Suggestion } from '../core/rendering/suggestions/suggestion.ts';
import type { ChangedFile, Review } from '../core/review/review.ts';
import type { Octokit, Repository } from '../github/octokit.ts';
import { requestStatus } from '../github/request-status.ts';
import { publishLineComments } from '../github/review-comments.ts';

/** In the report: the next run has to look for suggestions that are mended. */
export const suggestedMark = '<!-- sluice:suggested -->';

/**
 * Puts suggestions on the lines of a pull request, and takes back those that are mended. Nothing is asked of GitHub when there is none and
 * there was none. That it may not write them, or cannot, is no failure. Returns those that are there now.
 * @param place.before the report that this run's will replace
 */
export async function suggest(
  octokit: Octokit,
  repository: Repository,
  place: {
    readonly number: number;
    readonly head: string;
    readonly marker: string;
    readonly author: string;
    readonly before: string | undefined;
    readonly isWanted: boolean;
  },
  review: Review,
  changedFiles: readonly ChangedFile[],
): Promise<readonly SuggestedEdit[]> {
  const edits = place.isWanted ? await suggestEdits(review, changedFiles) : [];
  if (edits.length === 0 && place.before?.includes(suggestedMark) !== true) return [];
  const { number, head: commit, marker, author } = place;
  const comments = edits.map((edit) => ({ ...edit, id: idOf(edit), body: renderSuggestion(edit) }));
  try {
    const urls = await publishLineComments(octokit, repository, { number, commit, marker, author, comments });
    return comments.flatMap(({ id, kind, path, firstLine }) => {
      const url = urls.get(id);
      return url === undefined ? [] : [{ kind, path, line: firstLine, url }];
    });
  } catch (error) {
    // The check does not hang on them.
    if (requestStatus(error) !== undefined) return [];
    throw error;
  }
}

function idOf({ kind, path }: Suggestion): string {
  return `${kind}-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}
