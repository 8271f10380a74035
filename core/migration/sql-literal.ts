import type { Json } from '../schema/json.ts';

/** What a jsonb value cannot hold: U+0000, and half of a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;

/** Whether PostgreSQL can store this text in jsonb. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}

/**
 * A text literal. Backslashes are doubled inside E'' so that the meaning does not depend on the server's
 * `standard_conforming_strings`. Text that cannot be stored is a bug of the caller: migration files are checked for it.
 */
export function quoteText(text: string): string {
  if (!isStorable(text)) throw new Error('Text with U+0000 or half a surrogate pair cannot be written as SQL');
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

export function quoteJsonb(value: Json): string {
  return `${quoteText(JSON.stringify(value))}::jsonb`;
}

/** A text[] literal, for the paths of jsonb_set and #-. */
export function quotePath(segments: readonly string[]): string {
  return `ARRAY[${segments.map(quoteText).join(', ')}]::text[]`;
}
