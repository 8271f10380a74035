import type { Tree } from '../../core/review/review.ts';
import { utf8Text } from '../utf8-text.ts';
import { git } from './git.ts';
import { namesIn } from './names.ts';

/** The files of a commit in a clone. Nothing is checked out. */
export function commitTree(folder: string, commit: string): Tree {
  const texts = new Map<string, Promise<string | undefined>>();
  return {
    commit,
    read: (path) => {
      const known = texts.get(path) ?? readAt(folder, commit, path);
      texts.set(path, known);
      return known;
    },
    list: async () => namesIn(await git(folder, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit])),
  };
}

async function readAt(folder: string, commit: string, path: string): Promise<string | undefined> {
  const found = await git(folder, ['ls-tree', '-z', '--full-tree', commit, '--', path]);
  const [, mode, object] = /^(\d+) blob ([0-9a-f]+)\t/.exec(found.toString()) ?? [];
  // A link's text is where it leads, and no schema.
  if (object === undefined || mode === '120000') return undefined;
  return utf8Text(await git(folder, ['cat-file', 'blob', object]), path);
}
