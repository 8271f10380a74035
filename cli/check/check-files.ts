import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type CompareOptions, compare } from '../../core/compatibility/compare.ts';
import type { Comparison } from '../../core/compatibility/comparison.ts';
import { InputError } from '../../core/input-error.ts';
import { loadBundle } from '../../core/schema/bundle.ts';
import type { SchemaBundle } from '../../core/schema/document.ts';
import { parseSchema } from '../../core/schema/parse.ts';
import type { VersionAdvice } from '../../core/versioning/advice.ts';
import { adviseVersion } from '../../core/versioning/advise.ts';
import { declaredVersion } from '../../core/versioning/declared-version.ts';
import { deadline } from './deadline.ts';

/** Two files compared. */
export interface CheckedFiles {
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  readonly comparison: Comparison;
  readonly advice: VersionAdvice;
}

/** `timeout`: seconds for the verdict, and as many again for the changes. Throws `InputError`. */
export async function checkFiles(
  oldPath: string,
  newPath: string,
  options: Omit<CompareOptions, 'budget' | 'changesBudget'> & { readonly timeout: number },
): Promise<CheckedFiles> {
  const { timeout, ...rest } = options;
  const [before, after] = [await load(oldPath), await load(newPath)];
  const comparison = compare(before, after, {
    ...rest,
    budget: { expired: deadline(timeout) },
    changesBudget: { expired: deadline(2 * timeout) },
  });
  const [oldVersion, newVersion] = [declaredVersion(before.root), declaredVersion(after.root)];
  const advice = adviseVersion({ comparison, oldVersion, newVersion });
  return { oldPath, newPath, oldVersion, newVersion, comparison, advice };
}

async function load(given: string): Promise<SchemaBundle> {
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

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR' || code === 'EACCES') {
      throw new InputError(code === 'EISDIR' ? 'This is a folder' : 'This file may not be read', {
        remedy: 'Give the path of a schema that you can read',
        place: { path },
        cause: error,
      });
    }
    throw error;
  }
}
