import type { ChangedFile, Review } from '../../review/review.ts';
import { render } from '../render.ts';
import { makeVisible } from '../visible.ts';
import { linesInDiff } from './lines-in-diff.ts';
import { suggestMigrations, suggestMigrationVersions } from './suggest-migration.ts';
import { suggestVersions, wrongVersions } from './suggest-version.ts';
import type { Suggestion } from './suggestion.ts';

/** More of them would be a second report. */
const most = 3;

/**
 * What a reader can commit as it is: GitHub takes suggestions on lines of the pull request's difference only, so nothing else is suggested,
 * and no text that a reader would not see as it is.
 */
export async function suggestEdits(review: Review, changedFiles: readonly ChangedFile[]): Promise<Suggestion[]> {
  // What a migration should be is not known before the version that it leads to is.
  const wrong = wrongVersions(review);
  const settled = { ...review, schemas: review.schemas.filter(({ path }) => !wrong.has(path)) };
  const migrations = [...suggestMigrationVersions(settled), ...(await suggestMigrations(settled))];
  const all = [...suggestVersions(review), ...migrations];
  return all
    .filter((each) => isInDiff(each, review, changedFiles) && makeVisible(each.text) === each.text)
    .slice(0, most);
}

/** In GitHub's markdown: why, and the lines with a button to commit them. */
export function renderSuggestion(suggestion: Suggestion): string {
  return render('suggestion', suggestion);
}

function isInDiff(
  { path, firstLine, lastLine }: Suggestion,
  { schemas }: Review,
  changedFiles: readonly ChangedFile[],
): boolean {
  const status = changedFiles.find((file) => file.path === path)?.status;
  const schema = schemas.find((each) => each.path === path && each.comparedWith === undefined);
  if (schema?.oldText === undefined) return status === 'added';
  if (status !== 'added' && status !== 'modified') return false;
  // Git may take a file that is new for one that moved.
  const lines = linesInDiff(schema.oldText, schema.newText ?? '');
  return Array.from({ length: lastLine - firstLine + 1 }, (_, at) => firstLine + at).every((line) => lines.has(line));
}
