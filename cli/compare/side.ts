import { relative, resolve, sep } from 'node:path';
import { InputError } from '../../core/input-error.ts';
import { commitNamed } from '../git/commit-named.ts';
import { commitTree } from '../git/commit-tree.ts';
import { findRoot } from '../git/find-root.ts';
import { readText } from '../load-schema.ts';

/** One version of a schema as it is named on the command line. */
export interface Side {
  readonly path: string;
  read(path: string): Promise<string | undefined>;
}

/** A file, or `<commit>:<path>` of the clone in this folder. Throws `InputError` when there is neither. */
export async function sideOf(given: string): Promise<Side> {
  const file = fileSide(given);
  if ((await file.read(file.path)) !== undefined) return file;
  const side = given.includes(':') ? await commitSide(given) : undefined;
  if (side !== undefined && (await side.read(side.path)) !== undefined) return side;
  throw new InputError('There is no such file', {
    remedy: side === undefined ? 'Give the path of a schema, or <commit>:<path>' : 'Give a path that the commit has',
    place: { path: given },
  });
}

function fileSide(given: string): Side {
  const absolute = resolve(given);
  const inside = relative(process.cwd(), absolute);
  const isInside = !inside.startsWith('..') && resolve(process.cwd(), inside) === absolute;
  const root = isInside ? process.cwd() : resolve('/');
  const path = relative(root, absolute).split(sep).join('/');
  return { path, read: (each) => readText(resolve(root, each), each) };
}

async function commitSide(given: string): Promise<Side> {
  const at = given.indexOf(':');
  const [name, written] = [given.slice(0, at), given.slice(at + 1)];
  const root = await findRoot(process.cwd());
  const commit = await commitNamed(root, name);
  // As git does: from the root of the repository, or from here with a dot.
  const absolute = /^\.\.?\//.test(written) ? resolve(written) : resolve(root, written);
  const tree = commitTree(root, commit);
  return { path: relative(root, absolute).split(sep).join('/'), read: (path) => tree.read(path) };
}
