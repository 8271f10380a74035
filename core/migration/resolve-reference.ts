import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { parsePointer } from '../schema/pointer.ts';
import type { Effect } from './operation.ts';

/** Replaces a local reference by a copy of what it names, so that an edit touches this place only. */
export function resolveReference(root: Json, schema: Json, at: string): Effect {
  let current = schema;
  for (let hops = 0; hops < 20; hops++) {
    if (!isObject(current)) return { schema: current };
    const nested =
      current !== root && ['$id', 'id', '$anchor'].some((key) => typeof own(current as JsonObject, key) === 'string');
    if (nested) return { unknown: `${at} is a schema with an address of its own` };
    const reference = own(current, '$ref');
    if (reference === undefined) return { schema: current };
    const siblings = Object.keys(current).filter((key) => !annotations.has(key));
    if (siblings.length > 0) return { unknown: `${at || 'the schema'} joins $ref with ${siblings.join(', ')}` };
    const target =
      typeof reference === 'string' && reference.startsWith('#') ? lookUp(root, reference.slice(1)) : undefined;
    if (target === undefined) return { unknown: `${at || 'the schema'} refers to another file` };
    const kept = Object.entries(current).filter(([key]) => key !== '$ref');
    current = isObject(target) ? { ...target, ...Object.fromEntries(kept) } : target;
  }
  return { unknown: `${at} is a reference that never ends` };
}

/** Keywords that say nothing of which values are valid, by themselves. */
export const annotations: ReadonlySet<string> = new Set([
  '$ref',
  '$schema',
  '$id',
  'id',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$defs',
  'definitions',
  'version',
]);

function lookUp(root: Json, pointer: string): Json | undefined {
  let current: Json | undefined = root;
  let segments: string[];
  try {
    segments = parsePointer(decodeURIComponent(pointer));
  } catch {
    return undefined;
  }
  for (const segment of segments) {
    // Past a schema with an address of its own, the pointer would have another root.
    if (current !== root && isObject(current) && typeof own(current, '$id') === 'string') return undefined;
    current = isObject(current) ? own(current, segment) : undefined;
  }
  return current;
}
