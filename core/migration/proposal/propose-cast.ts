import type { Json } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { unreachable } from '../../unreachable.ts';
import { type CastSource, castEffect, castSides } from '../cast-effect.ts';
import { type CastType, conversions } from '../conversion.ts';
import { type JsonType, onlyWholeNumbers, possibleTypes } from '../json-types.ts';
import { proposeList } from './propose-list.ts';
import type { Draft } from './propose-operations.ts';

/** A cast where the types that a member may have are no longer the ones it may have; null is asked about elsewhere. `after`: what is left of the member then. */
export function proposeCast(old: Json, next: Json, path: readonly string[]): Draft & { readonly after: Json } {
  const label = path.join('.');
  const had = possibleTypes(old);
  const has = possibleTypes(next);
  for (const types of [had, has]) types.delete('null');
  const narrows = has.has('number') && had.has('number') && onlyWholeNumbers(next) && !onlyWholeNumbers(old);
  const stranded = [...had].filter((type) => !has.has(type) || (type === 'number' && narrows));
  // A schema that leaves the type open says nothing of what the records hold.
  if (stranded.length === 0 || had.size >= 5) return { operations: [], gaps: [], after: old };
  const listed = proposeList(old, { had, has }, path);
  if (listed !== undefined) return listed;
  const [target, ...others] = [...has].map((type) => castType(type, next));
  const possible = target !== undefined && others.length === 0 && stranded.every((type) => canCast(type, target));
  if (!possible) {
    const types = (set: Iterable<string>) => [...set].join(' or ');
    return {
      operations: [],
      gaps: [`How ${label} goes from ${types(had)} to ${types(has) || 'nothing'}.`],
      after: old,
    };
  }
  const [source] = had.size === 1 ? had : [];
  const from = source === 'number' && onlyWholeNumbers(old) ? 'integer' : source;
  const sides = castSides(target, from as CastSource | undefined);
  return {
    operations: [{ cast: { at: formatPointer(path), ...(from === undefined ? {} : { from }), to: target } }],
    gaps: [],
    after: castEffect(old, sides),
  };
}

function castType(type: JsonType, schema: Json): CastType | undefined {
  switch (type) {
    case 'number':
      return onlyWholeNumbers(schema) ? 'integer' : 'number';
    case 'string':
    case 'boolean':
      return type;
    case 'null':
    case 'object':
    case 'array':
      return undefined;
    default:
      return unreachable(type);
  }
}

function canCast(from: JsonType, to: CastType): boolean {
  return conversions[to].some((conversion) => conversion.from === from);
}
