import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '../../core/input-error.ts';
import type { History } from '../../core/sql/history.ts';

const run = promisify(execFile);

/**
 * What a git revision says of the folders that hold migrations, asked once for all files.
 * @returns for one path (relative to the current folder) its history
 * @throws InputError when git does not know the revision
 */
export async function readGitHistory(revision: string): Promise<(path: string) => Promise<History>> {
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).catch(
    (cause: unknown) => {
      throw new InputError(`git does not know the revision ${revision}`, {
        remedy: 'Run in a clone, and fetch the base branch first.',
        cause,
      });
    },
  );
  const id = commit.trim();
  // Paths relative to the current folder, as the files were given.
  const listed = await git(['ls-tree', '-r', '-z', '--name-only', id]);
  const existing = listed.split('\0').filter((path) => path.endsWith('.sql'));
  const known = new Set(existing);
  return async (path) =>
    known.has(path) ? { existing, previousText: await git(['show', `${id}:./${path}`]) } : { existing };
}

async function git(parameters: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...parameters], { maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}
