import type { ChangedFile, Tree } from '../../../core/review/review.ts';

export type Files = Readonly<Record<string, string>>;

/** A tree over a plain object, which remembers what was read. */
export function treeOf(commit: string, files: Files): Tree & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    commit,
    reads,
    read: async (path) => {
      reads.push(path);
      return files[path];
    },
    list: async () => Object.keys(files),
  };
}

/** As git would list it, without looking for moves. */
export function changesBetween(base: Files, head: Files): ChangedFile[] {
  return [...new Set([...Object.keys(base), ...Object.keys(head)])]
    .filter((path) => base[path] !== head[path])
    .map((path) => ({
      path,
      status: base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified',
    }));
}
