import { readdir, readFile, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { InputError } from '../../core/input-error.ts';
import { downPathOf } from '../../core/sql/down-path.ts';
import type { SqlFile } from '../../core/sql/lint.ts';
import { readError } from '../read-error.ts';
import { utf8Text } from '../utf8-text.ts';

/**
 * The migrations at the given paths, each with the `.down.sql` beside it; folders are searched for `*.sql`.
 * @throws InputError when there is nothing at a path, or what is there is no text
 */
export async function readSqlFiles(paths: readonly string[]): Promise<SqlFile[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) throw new InputError(`There is no file ${path}`, { remedy: 'Check the path.' });
    const inside = facts.isDirectory() ? await sqlFilesIn(path) : [path];
    // A check that looks at nothing would pass for ever.
    if (inside.length === 0) throw new InputError(`There is no .sql file below ${path}`, { remedy: 'Check the path.' });
    for (const each of inside) found.add(normalize(each).split(sep).join('/'));
  }
  return Promise.all([...found].toSorted().map(readMigration));
}

async function sqlFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function readMigration(path: string): Promise<SqlFile> {
  const text = await readText(path);
  const down = downPathOf(path);
  const isThere = down !== undefined && (await stat(down).catch(() => undefined)) !== undefined;
  return isThere ? { path, text, downText: await readText(down) } : { path, text };
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  return utf8Text(bytes, path);
}
