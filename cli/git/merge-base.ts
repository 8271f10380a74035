import { InputError } from '../../core/input-error.ts';
import { git } from './git.ts';
import { isShallow } from './shallow.ts';

/** The commit where HEAD left a branch, of which `commit` is the last. Throws `InputError` when the clone does not have it. */
export async function mergeBase(root: string, commit: string, name: string): Promise<string> {
  await git(root, ['rev-parse', '--verify', 'HEAD^{commit}']).catch((cause: unknown) => {
    throw new InputError('This clone has no commit yet', { remedy: 'Commit something, or switch to a branch', cause });
  });
  const found = await git(root, ['merge-base', commit, 'HEAD']).catch(async (cause: unknown) => {
    const shallow = await isShallow(root);
    throw new InputError(
      shallow
        ? `This clone is shallow, and does not reach back to where this branch left \`${name}\``
        : `This branch and \`${name}\` have no commit in common`,
      {
        remedy: shallow ? '`git fetch --unshallow` brings the older commits' : 'Give the branch that this one began at',
        cause,
      },
    );
  });
  return found.toString().trim();
}
