import { canonicalJson } from '../../../schema/canonical.ts';
import type { Json } from '../../../schema/json.ts';
import type { Node } from '../node.ts';
import { type Unknown, unknown } from './outcome.ts';
import type { Solver } from './solver.ts';

const maxDistinct = 1500;

/**
 * One value for each node, all different; undefined when that is impossible. Each node offers all its values, or as many as there
 * are nodes, so that a matching exists exactly when different values do (Hall).
 */
export function matchDistinct(slots: readonly Node[], solver: Solver): Json[] | Unknown | undefined {
  if (slots.length > maxDistinct) return unknown('an array would need too many different items');
  const offers = new Map<Node, Map<string, Json>>();
  for (const node of new Set(slots)) {
    const result = solver.several(node, slots.length);
    if ('kind' in result) return result;
    offers.set(node, new Map(result.values.map((value) => [canonicalJson(value), value])));
  }
  const owner = new Map<string, number>();
  const taken: string[] = [];
  for (const at of slots.keys()) {
    if (!assign(at, new Set())) return undefined;
  }
  return slots.map((node, at) => offers.get(node)?.get(taken[at] ?? '') ?? null);

  /** An augmenting path of Kuhn's algorithm. */
  function assign(at: number, visited: Set<string>): boolean {
    const node = slots[at];
    const values = node && offers.get(node);
    if (!values) return false;
    solver.meter.spend();
    for (const key of values.keys()) {
      if (!owner.has(key)) return give(key, at);
    }
    for (const key of values.keys()) {
      if (visited.has(key)) continue;
      visited.add(key);
      const other = owner.get(key);
      if (other !== undefined && solver.meter.deeper(600, () => assign(other, visited))) return give(key, at);
    }
    return false;
  }

  function give(key: string, at: number): boolean {
    owner.set(key, at);
    taken[at] = key;
    return true;
  }
}
