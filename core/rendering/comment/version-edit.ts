import type { SchemaReview } from '../../review/review.ts';
import type { Links } from './input.ts';

/** Lines longer than this hold more than a version. */
const longestLine = 200;

/**
 * The one line of the file that names the version, as it is and as it should be; undefined when the version is right, or is named in no
 * line, or in several. GitHub takes a suggestion to be committed with one click only on lines of the diff, and this one is not among them
 * when nobody touched the version.
 */
export function versionEdit({ advice, newText, path }: SchemaReview, links: Links) {
  if (!advice || advice.honest || newText === undefined) return undefined;
  const { declared, recommended } = advice;
  if (declared === undefined || recommended === undefined) return undefined;
  const lines = newText.split(/\r?\n/);
  const places = lines.flatMap((text, at) =>
    text.includes(declared) && /^\s*["']?(?:version|\$?id)["']?\s*:/.test(text) ? [at] : [],
  );
  const [place] = places;
  const text = place === undefined ? undefined : lines[place];
  if (place === undefined || text === undefined || places.length > 1 || text.length > longestLine) return undefined;
  const at = text.lastIndexOf(declared);
  const after = text.slice(0, at) + recommended + text.slice(at + declared.length);
  return { line: place + 1, url: links.line(path, place + 1, 'new'), lines: `- ${text.trim()}\n+ ${after.trim()}` };
}
