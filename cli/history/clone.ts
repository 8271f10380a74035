import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import { commitTree } from '../git/commit-tree.ts';
import { git } from '../git/git.ts';

/** The clone that a command runs in. */
export interface Clone {
  readonly root: string;
  /** What HEAD is. */
  readonly commit: string;
  readonly configuration: Configuration;
  /** The path of a file from the root, whether it was given from there or from here. Throws `InputError` when it leads out. */
  pathOf(given: string): string;
  files(): Promise<readonly string[]>;
}

/** Throws `InputError` when there is no clone, no commit, or the configuration cannot be read. */
export async function openClone(folder: string): Promise<Clone> {
  const root = (await git(folder, ['rev-parse', '--show-toplevel'])).toString().trim();
  const commit = (await git(root, ['rev-parse', '--verify', 'HEAD^{commit}'])).toString().trim();
  const tree = commitTree(root, commit);
  const text = await tree.read(configurationPath);
  const parsed = parseConfiguration(text === undefined ? undefined : { path: configurationPath, text });
  if ('problems' in parsed) {
    const [first] = parsed.problems;
    throw new InputError(
      first === undefined ? 'The configuration cannot be used' : `${formatPlace(first.place)}: ${first.problem}`,
      { remedy: first?.remedy ?? 'Correct it.' },
    );
  }
  return {
    root,
    commit,
    configuration: parsed.configuration,
    pathOf: (given) => {
      const path = relative(root, resolve(folder, given));
      if (path.startsWith('..') || isAbsolute(path)) {
        throw new InputError('This is not in the clone', { remedy: 'Give a path inside it', place: { path: given } });
      }
      return path.split(sep).join('/');
    },
    files: () => tree.list(),
  };
}
