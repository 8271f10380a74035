import { isObject, type Json } from '../../../schema/json.ts';

/** More than a person or a validator should be given. Values share their parts while they are built, so size is not memory. */
export const largestWitness = 4_000_000;

/** More than the search looks at again and again. */
export const largestLookedAt = 20_000;

const known = new WeakMap<object, number>();

/** How many values there are in a value; a long string counts as several. */
export function magnitude(value: Json): number {
  if (typeof value === 'string') return 1 + value.length / 32;
  if (typeof value !== 'object' || value === null) return 1;
  const made = known.get(value) ?? parts(value).reduce<number>((sum, part) => sum + magnitude(part), 1);
  known.set(value, made);
  return made;
}

function parts(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
