import type { GitHubStore, TreeEntry } from '../store.ts';

/** All files below a tree, by path. */
export function filesOf(store: GitHubStore, repo: number, tree: string, prefix = ''): Map<string, TreeEntry> {
  const row = store.trees.findBy('repo_id', repo).find((candidate) => candidate.sha === tree);
  const files = new Map<string, TreeEntry>();
  for (const entry of row?.tree ?? []) {
    const path = prefix + entry.path;
    if (entry.type !== 'tree') files.set(path, entry);
    else for (const [below, file] of filesOf(store, repo, entry.sha, `${path}/`)) files.set(below, file);
  }
  return files;
}

export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string | null;
}

/** What has to change in `ours` to hold the changes from `base` to `theirs` as well; undefined when both changed the same file differently. */
export function threeWay(
  base: ReadonlyMap<string, TreeEntry>,
  ours: ReadonlyMap<string, TreeEntry>,
  theirs: ReadonlyMap<string, TreeEntry>,
): TreeChange[] | undefined {
  const changes: TreeChange[] = [];
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const [was, is, wanted] = [base.get(path)?.sha, ours.get(path)?.sha, theirs.get(path)?.sha];
    if (was === wanted || is === wanted) continue;
    if (is !== was) return undefined;
    const { mode = '100644', type = 'blob' } = theirs.get(path) ?? ours.get(path) ?? {};
    changes.push({ path, mode, type, sha: wanted ?? null });
  }
  return changes;
}
