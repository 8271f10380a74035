import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangedFile, Tree } from '../../core/review/review.ts';
import { readError } from '../read-error.ts';
import { utf8Text } from '../utf8-text.ts';
import { git } from './git.ts';
import { namesIn } from './names.ts';

/** The files of a clone as they are on disk, whether committed or not; ignored ones are not among them. */
export function workingTree(root: string): Tree {
  return {
    commit: 'working tree',
    read: async (path) => {
      if (path.startsWith('/') || path.split('/').includes('..')) return undefined;
      const file = join(root, path);
      const found = await lstat(file).catch(absent);
      // A link could lead out of the repository.
      if (!found?.isFile()) return undefined;
      const bytes = await readFile(file).catch((error: unknown) => {
        throw readError(error, path);
      });
      return utf8Text(bytes, path);
    },
    list: async () => {
      const listed = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
      return [...new Set(namesIn(listed))];
    },
  };
}

/** What differs between a commit and the files on disk. */
export async function changesSince(root: string, commit: string): Promise<ChangedFile[]> {
  const diff = await git(root, ['diff', '--name-status', '-z', '--no-renames', '--no-ext-diff', commit, '--']);
  const fresh = await git(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const words = namesIn(diff);
  const changed: ChangedFile[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const path = words[at + 1] ?? '';
    changed.push({ path, status: words[at] === 'A' ? 'added' : words[at] === 'D' ? 'removed' : 'modified' });
  }
  const untracked = namesIn(fresh);
  // A file that was deleted from the index but is still on disk is in both lists.
  const known = new Set(changed.map(({ path }) => path));
  return [
    ...changed.map((file) =>
      file.status === 'removed' && untracked.includes(file.path) ? { ...file, status: 'modified' as const } : file,
    ),
    ...untracked.filter((path) => !known.has(path)).map((path) => ({ path, status: 'added' as const })),
  ];
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
