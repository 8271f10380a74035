import { isObject, type Json } from '../../schema/json.ts';

/** What a document holds, as far as it decides which parts of a schema can speak about it. */
export interface Touched {
  /** Names of properties, at any depth. */
  readonly names: ReadonlySet<string>;
  readonly hasItems: boolean;
  /** Values inside each other; 0 for a string. */
  readonly depth: number;
}

export function touchedBy(document: Json): Touched {
  const names = new Set<string>();
  let hasItems = false;
  let deepest = 0;
  const left: [Json, number][] = [[document, 0]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, depth] = next;
    deepest = Math.max(deepest, depth);
    if (Array.isArray(value)) {
      hasItems ||= value.length > 0;
      for (const item of value) left.push([item, depth + 1]);
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        names.add(name);
        left.push([member, depth + 1]);
      }
    }
  }
  return { names, hasItems, depth: deepest };
}
