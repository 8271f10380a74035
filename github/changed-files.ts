import type { ChangedFile } from '../core/review/review.ts';
import { type GitEntry, isFile, readBelow, readFolder } from './git-tree.ts';
import type { Octokit, Repository } from './octokit.ts';

/**
 * All files that differ between two commits, by comparing their folders and going only into those that differ. GitHub's own lists stop at
 * 3,000 (pull request) or 300 (comparison) files and guess renames; this one is complete, and the same for a pull request and for its merge.
 * A file that moved without any change is `renamed`; one that moved and changed is removed and added.
 * @param base a commit's SHA; for a pull request the merge base, see `mergeBase`
 * @param head a commit's SHA
 */
export async function changedFiles(
  octokit: Octokit,
  repository: Repository,
  base: string,
  head: string,
): Promise<readonly ChangedFile[]> {
  const folder = (sha: string | undefined): Promise<readonly GitEntry[]> =>
    sha === undefined ? Promise.resolve([]) : readFolder(octokit, repository, sha);
  const differences: Difference[] = [];
  const compare = async (path: string, before: string | undefined, after: string | undefined): Promise<void> => {
    const [old, now] = await Promise.all([folder(before), folder(after)]);
    const changed = [...byName(old, now).values()].filter(isFolderInBoth);
    if (before !== undefined && after !== undefined && changed.length > mostFolders) {
      // One call a side for all that is below, instead of one for each folder.
      const [below, belowNow] = await Promise.all([before, after].map((sha) => readBelow(octokit, repository, sha)));
      if (below && belowNow) return compareFiles(path, below, belowNow);
    }
    const compareEntry = async ([name, pair]: [string, Pair]): Promise<void> => {
      if (pair.before?.sha === pair.after?.sha && pair.before?.mode === pair.after?.mode) return;
      const below = [pair.before, pair.after].map((entry) => (entry?.type === 'tree' ? entry.sha : undefined));
      if (below[0] !== undefined || below[1] !== undefined) await compare(`${path}${name}/`, below[0], below[1]);
      const files = [pair.before, pair.after].map((entry) => (entry && isFile(entry) ? entry.sha : undefined));
      if (files[0] !== files[1]) differences.push({ path: path + name, before: files[0], after: files[1] });
    };
    await Promise.all([...byName(old, now)].map(compareEntry));
  };
  const compareFiles = (path: string, old: readonly GitEntry[], now: readonly GitEntry[]): void => {
    for (const [name, pair] of byName(old.filter(isFile), now.filter(isFile))) {
      if (pair.before?.sha === pair.after?.sha) continue;
      differences.push({ path: path + name, before: pair.before?.sha, after: pair.after?.sha });
    }
  };
  await compare('', base, head);
  // Folders come back in any order; which of two candidates counts as moved must not depend on it.
  return withMoves(differences.sort((left, right) => (left.path < right.path ? -1 : 1)));
}

/** More folders than this that differ, and all that is below them is fetched at once. */
const mostFolders = 3;

function isFolderInBoth({ before, after }: Pair): boolean {
  return before?.type === 'tree' && after?.type === 'tree' && before.sha !== after.sha;
}

interface Difference {
  readonly path: string;
  /** SHA of the content. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

interface Pair {
  readonly before: GitEntry | undefined;
  readonly after: GitEntry | undefined;
}

function byName(old: readonly GitEntry[], now: readonly GitEntry[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const before of old) pairs.set(before.path, { before, after: undefined });
  for (const after of now) pairs.set(after.path, { before: pairs.get(after.path)?.before, after });
  return pairs;
}

function withMoves(differences: readonly Difference[]): ChangedFile[] {
  const removed = differences.filter((difference) => difference.after === undefined);
  const moved = new Map<string, string>();
  for (const added of differences) {
    if (added.before !== undefined) continue;
    const from = removed.find((gone) => gone.before === added.after && ![...moved.values()].includes(gone.path));
    if (from) moved.set(added.path, from.path);
  }
  const sources = new Set(moved.values());
  return differences
    .filter((difference) => !sources.has(difference.path))
    .map(({ path, before, after }): ChangedFile => {
      const previousPath = moved.get(path);
      if (previousPath !== undefined) return { path, status: 'renamed', previousPath };
      return { path, status: before === undefined ? 'added' : after === undefined ? 'removed' : 'modified' };
    })
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
