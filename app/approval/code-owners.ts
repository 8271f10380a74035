import { type CodeOwners, codeOwnersPaths, noCodeOwners, ownersOf } from '../../core/approval/codeowners/owners-of.ts';
import { parseCodeOwners } from '../../core/approval/codeowners/parse.ts';
import type { Tree } from '../../core/review/review.ts';

/** GitHub does not read larger ones. */
const longestFile = 3 * 1024 * 1024;

/** Answers from the first CODEOWNERS of a tree, read once; without one, or with one that is too large, nobody owns anything. */
export function codeOwnersIn(tree: Tree): (path: string) => Promise<CodeOwners> {
  let lines: Promise<ReturnType<typeof parseCodeOwners> | undefined> | undefined;
  return async (path) => {
    const known = await (lines ??= readLines(tree));
    return known === undefined ? noCodeOwners : ownersOf(known, path);
  };
}

async function readLines(tree: Tree): Promise<ReturnType<typeof parseCodeOwners> | undefined> {
  for (const path of codeOwnersPaths) {
    const text = await tree.read(path);
    if (text !== undefined) return text.length > longestFile ? undefined : parseCodeOwners(text);
  }
  return undefined;
}
