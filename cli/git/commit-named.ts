import { InputError } from '../../core/input-error.ts';
import { shortenMiddle } from '../../core/rendering/markdown.ts';
import { git } from './git.ts';

/** The commit that a branch, a tag or the beginning of an id means. Throws `InputError` when it means none in this clone. */
export async function commitNamed(root: string, name: string): Promise<string> {
  // `--end-of-options`: a name that begins with a dash is no option.
  const found = await git(root, ['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]).catch(
    (cause: unknown) => {
      throw new InputError(`This clone has no commit \`${shortenMiddle(name, 160)}\``, {
        remedy: 'Check the name, and run `git fetch` if it is one of the server',
        cause,
      });
    },
  );
  return found.toString().trim();
}
