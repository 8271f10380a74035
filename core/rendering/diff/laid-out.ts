import { applyEdits, format } from 'jsonc-parser';

/** Lines beyond this length cannot be compared by a reader. */
const longestLine = 400;

/**
 * JSON that stands on one line or a few, a member a line; text that is already laid out, as it is. Numbers and strings keep their
 * spelling.
 */
export function laidOut(text: string): string {
  if (!text.split('\n').some((line) => line.length > longestLine && /^\s*[[{]/.test(line))) return text;
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}
