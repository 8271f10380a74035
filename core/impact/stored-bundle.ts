import type { SchemaReview } from '../review/review.ts';
import { loadBundle } from '../schema/bundle.ts';
import type { SchemaBundle } from '../schema/document.ts';
import { parseSchema } from '../schema/parse.ts';

/** One version of a reviewed schema, from the texts that the review holds. Throws `InputError` when that version is missing or broken. */
export async function storedBundle(schema: SchemaReview, side: 'old' | 'new'): Promise<SchemaBundle> {
  const [text, files = {}] = side === 'old' ? [schema.oldText, schema.oldFiles] : [schema.newText, schema.newFiles];
  const path = side === 'old' ? (schema.previousPath ?? schema.path) : schema.path;
  const read = async (file: string): Promise<string | undefined> =>
    Object.hasOwn(files, file) ? files[file] : undefined;
  return loadBundle(parseSchema({ path, text: text ?? '' }), read);
}
