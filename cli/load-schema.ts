import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from '../core/input-error.ts';
import { loadBundle } from '../core/schema/bundle.ts';
import type { SchemaBundle } from '../core/schema/document.ts';
import { parseSchema } from '../core/schema/parse.ts';

/** A schema file of this machine with all that it refers to, found from the folder where the command runs. Throws `InputError`. */
export async function loadSchema(given: string): Promise<SchemaBundle> {
  const absolute = resolve(given);
  const inside = relative(process.cwd(), absolute);
  const base = inside.startsWith('..') || isAbsolute(inside) ? resolve('/') : process.cwd();
  const read = (path: string) => readText(resolve(base, path));
  const path = relative(base, absolute).split(sep).join('/');
  const text = await read(path);
  if (text === undefined) {
    throw new InputError('There is no such file', { remedy: 'Give the path of a schema', place: { path: given } });
  }
  return loadBundle(parseSchema({ path, text }), read);
}

/** Undefined when there is no such file. Throws `InputError` when it cannot be read. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR' || code === 'EACCES') {
      throw new InputError(code === 'EISDIR' ? 'This is a folder' : 'This file may not be read', {
        remedy: 'Give the path of a file that you can read',
        place: { path },
        cause: error,
      });
    }
    throw error;
  }
}
