import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from '../core/input-error.ts';
import { loadBundle } from '../core/schema/bundle.ts';
import type { SchemaBundle } from '../core/schema/document.ts';
import { parseSchema } from '../core/schema/parse.ts';
import { readError } from './read-error.ts';
import { utf8Text } from './utf8-text.ts';

/** A schema file of this machine with all that it refers to, found from the folder where the command runs. Throws `InputError`. */
export async function loadSchema(given: string): Promise<SchemaBundle> {
  const absolute = resolve(given);
  const inside = relative(process.cwd(), absolute);
  if (!(inside.startsWith('..') || isAbsolute(inside))) return load(given, process.cwd(), absolute);
  try {
    return await load(given, resolve('/'), absolute);
  } catch (error) {
    throw error instanceof InputError ? wholePath(error) : error;
  }
}

async function load(given: string, base: string, absolute: string): Promise<SchemaBundle> {
  const read = (path: string) => readText(resolve(base, path), path);
  const path = relative(base, absolute).split(sep).join('/');
  const text = await read(path);
  if (text === undefined) {
    throw new InputError('There is no such file', { remedy: 'Give the path of a schema', place: { path: given } });
  }
  return loadBundle(parseSchema({ path, text }), read);
}

/** Paths count from the root of the file system there, and would look as if they counted from here. */
function wholePath(error: InputError): InputError {
  const { problem, remedy, place } = error;
  if (place === undefined) return error;
  return new InputError(problem, { remedy, place: { ...place, path: resolve('/', place.path) }, cause: error });
}

/** Undefined when there is no such file. Throws `InputError`, which names it as `shown`, when it cannot be read or is not UTF-8. */
export async function readText(path: string, shown = path): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw readError(error, shown);
  }
  return utf8Text(bytes, shown);
}
