import type { Node } from 'libpg-query';

/**
 * Every node of a tree, the root first, in the order of the text as far as the tree keeps it. Without recursion, since a
 * hostile expression is as deep as its author likes.
 */
export function* nodesIn(root: unknown): Generator<Node> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    // A node is an object of one key that begins with a capital; everything else is a struct whose fields hold nodes.
    const keys = Object.keys(value);
    if (!Array.isArray(value) && keys.length === 1 && /^[A-Z]/.test(keys[0] ?? '')) yield value as Node;
    for (const inner of Object.values(value).toReversed()) waiting.push(inner);
  }
}
