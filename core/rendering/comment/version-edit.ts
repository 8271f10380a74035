import { InputError } from '../../input-error.ts';
import { applyEdit, type LineEdit } from '../../review/line-edit.ts';
import { documentVersion } from '../../review/openapi/open-api.ts';
import type { SchemaReview } from '../../review/review.ts';
import { parseSchema } from '../../schema/parse.ts';
import { declaredVersion } from '../../versioning/declared-version.ts';
import type { Links } from './input.ts';

/** Lines longer than this hold more than a version. */
const longestLine = 200;

/**
 * The one line of the file that names the version, as it should be; undefined when the version is right, or is named in no line, or in
 * several.
 */
export function correctVersion({ advice, newText, path, component }: SchemaReview): LineEdit | undefined {
  if (!advice || advice.honest || newText === undefined) return undefined;
  const { declared, recommended } = advice;
  if (declared === undefined || recommended === undefined) return undefined;
  const lines = newText.split('\n');
  const places = lines.flatMap((text, at) =>
    text.includes(declared) && /^\s*["']?(?:version|\$?id)["']?\s*:/.test(text) ? [at] : [],
  );
  const [place] = places;
  const text = place === undefined ? undefined : lines[place];
  if (place === undefined || text === undefined || places.length > 1 || text.length > longestLine) return undefined;
  const at = text.lastIndexOf(declared);
  const written = text.slice(0, at) + recommended + text.slice(at + declared.length);
  const edit = { firstLine: place + 1, lastLine: place + 1, text: written };
  return versionIn(path, applyEdit(newText, edit), component !== undefined) === recommended ? edit : undefined;
}

/** The same as two lines of a difference, for a reader who writes it. */
export function versionEdit(schema: SchemaReview, links: Links) {
  const edit = correctVersion(schema);
  if (!edit) return undefined;
  const before = schema.newText?.split('\n')[edit.firstLine - 1] ?? '';
  const url = links.line(schema.path, edit.firstLine, 'new');
  return { line: edit.firstLine, url, lines: `- ${before.trim()}\n+ ${edit.text.trim()}` };
}

function versionIn(path: string, text: string, isOpenApi: boolean): string | undefined {
  try {
    const document = parseSchema({ path, text });
    return isOpenApi ? documentVersion(document) : declaredVersion(document);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
