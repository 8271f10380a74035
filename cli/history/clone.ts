import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import { commitNamed } from '../git/commit-named.ts';
import { commitTree } from '../git/commit-tree.ts';
import { findRoot } from '../git/find-root.ts';
import { isShallow } from '../git/shallow.ts';

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
  const root = await findRoot(folder);
  // Its oldest commit would pass for the beginning of every schema.
  if (await isShallow(root)) {
    throw new InputError('This clone is shallow: the commits that would tell the history are not all here', {
      remedy: '`git fetch --unshallow` brings them',
    });
  }
  const commit = await commitNamed(root, 'HEAD');
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
