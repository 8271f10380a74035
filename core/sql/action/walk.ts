import type { Node } from 'libpg-query';

/** Every node of a tree, the root first, in the order of the text as far as the tree keeps it. */
export function* nodesIn(root: unknown): Generator<Node> {
  if (Array.isArray(root)) {
    for (const item of root) yield* nodesIn(item);
    return;
  }
  if (typeof root !== 'object' || root === null) return;
  // A node is an object of one key that begins with a capital; everything else is a struct whose fields hold nodes.
  const keys = Object.keys(root);
  if (keys.length === 1 && /^[A-Z]/.test(keys[0] ?? '')) yield root as Node;
  for (const value of Object.values(root)) yield* nodesIn(value);
}
