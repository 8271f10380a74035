import { git } from './git.ts';
import { namesIn } from './names.ts';

/** A commit that changed a file, by the name that the file had then. */
export interface FileCommit {
  readonly commit: string;
  /** ISO 8601, of the author. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
  readonly path: string;
  readonly isRemoval: boolean;
}

/** The commits that changed a file, newest first, across renames. A merge counts as one commit: what came in with it came in at once. */
export async function fileLog(root: string, path: string, limit: number): Promise<FileCommit[]> {
  const format = '--format=%x01%H%x1f%aI%x1f%an%x1f%s';
  const options = ['--first-parent', '-m', '--follow', '--name-status', `--max-count=${limit}`];
  const log = await git(root, ['-c', 'log.showSignature=false', 'log', '-z', ...options, format, '--', path]);
  return namesIn(log)
    .join('\0')
    .split('\u0001')
    .flatMap((entry) => {
      const [header = '', ...words] = entry.split('\0');
      const [commit = '', date = '', author = '', subject = ''] = header.split('\u001f');
      const names = words.map((word) => word.replace(/^\n/, '')).filter(Boolean);
      const name = names.at(-1);
      if (commit === '' || name === undefined) return [];
      return [{ commit, date, author, subject, path: name, isRemoval: names[0]?.startsWith('D') === true }];
    });
}
