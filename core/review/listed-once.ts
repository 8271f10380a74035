import type { Tree } from './review.ts';

/** The same tree, whose paths are listed once however often they are asked for: over the network a listing is a request. */
export function listedOnce(tree: Tree): Tree {
  let listing: Promise<readonly string[]> | undefined;
  return {
    commit: tree.commit,
    read: (path) => tree.read(path),
    prefetch: async (paths) => tree.prefetch?.(paths),
    list: () => (listing ??= tree.list()),
  };
}
