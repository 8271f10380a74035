import { InputError } from '../input-error.ts';
import { isObject, type Json } from './json.ts';
import { LimitExceeded, type Limits } from './limits.ts';

/** Refuses what is too deep, too large, or has no JSON form. Runs without recursion, since it guards all that recurses. */
export function measure(path: string, value: Json, limits: Limits): void {
  const left: [Json, number][] = [[value, 1]];
  let nodes = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    const [node, depth] = next;
    nodes += 1;
    if (nodes > limits.nodes) throw new LimitExceeded(`The file holds more than ${limits.nodes} values`, { path });
    if (depth > limits.depth) throw new LimitExceeded(`The file is nested more than ${limits.depth} deep`, { path });
    if (Array.isArray(node)) for (const item of node) left.push([item, depth + 1]);
    else if (isObject(node)) for (const name of Object.keys(node)) left.push([node[name] ?? null, depth + 1]);
    else if (typeof node === 'number' && !Number.isFinite(node)) {
      throw new InputError('The file holds a number that is not finite, or too large to be read', {
        remedy: 'Write a finite number',
        place: { path },
      });
    }
  }
}
