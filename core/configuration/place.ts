import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from 'yaml';

/**
 * Line and column (from 1) of the value at a path of a YAML document, or of its nearest ancestor that is written there.
 * @param key the place of this key of that value, rather than of the value
 */
export function placeIn(
  document: Document,
  lines: LineCounter,
  segments: readonly string[],
  key?: string,
): { line: number; column: number } {
  for (let depth = segments.length; depth >= 0; depth--) {
    const node = document.getIn(segments.slice(0, depth), true);
    const whole = depth === segments.length;
    const start = (whole && key !== undefined ? startOfKey(node, key) : undefined) ?? startOf(node);
    if (start !== undefined) {
      const { line, col } = lines.linePos(start);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function startOfKey(node: unknown, key: string): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  return pair === undefined ? undefined : startOf(pair.key);
}
