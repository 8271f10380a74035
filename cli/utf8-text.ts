import { InputError } from '../core/input-error.ts';

/** Throws `InputError` for bytes that are no UTF-8: replacing them would make different files look the same. */
export function utf8Text(bytes: Uint8Array, path: string): string {
  const text = utf8(bytes);
  if (text !== undefined) return text;
  throw new InputError('The file is not UTF-8 text', { remedy: 'Save it as UTF-8', place: { path } });
}

/** Undefined when the bytes are no UTF-8. A byte order mark is left out. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // A TypeError is what the standard says; others, such as a text too long for a string, are not about the encoding.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
