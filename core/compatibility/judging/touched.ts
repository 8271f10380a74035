import { isObject, type Json } from '../../schema/json.ts';

/** What a document holds, as far as it decides which parts of a schema can speak about it. */
export interface Touched {
  /** Names of properties, at any depth. */
  readonly names: ReadonlySet<string>;
  readonly hasItems: boolean;
}

export function touchedBy(document: Json): Touched {
  const names = new Set<string>();
  let hasItems = false;
  const left: Json[] = [document];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) {
      hasItems ||= next.length > 0;
      for (const item of next) left.push(item);
    } else if (isObject(next)) {
      for (const [name, value] of Object.entries(next)) {
        names.add(name);
        left.push(value);
      }
    }
  }
  return { names, hasItems };
}
