import type { Dialect } from '../../schema/dialect.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { subschemas } from '../../schema/subschemas.ts';
import type { RelevantSchema } from './relevant-schema.ts';

/** Keywords whose subschemas judge the same value again; all others judge something inside it. */
const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', 'dependencies']);

/**
 * How many schemas a validator without memory visits for a document of some depth: references that fork at every level double it
 * level by level, and nothing can stop ajv once it runs. Infinite for a schema that contains itself on the spot.
 */
export function evaluationCost({ value }: RelevantSchema, dialect: Dialect, depth: number): number {
  const definitions = isObject(value) ? own(value, 'definitions') : undefined;
  const known = new Map<string, number>();
  return costOf(value, depth);

  function costOf(schema: Json, left: number): number {
    if (left < 0) return 0;
    let cost = 1;
    for (const { keyword, value: inner } of subschemas(schema, dialect)) {
      if (keyword.role === 'applicator') cost += costOf(inner, inPlace.has(keyword.name) ? left : left - 1);
    }
    const reference = isObject(schema) ? own(schema, '$ref') : undefined;
    return typeof reference === 'string'
      ? cost + costOfDefinition(reference.replace('#/definitions/', ''), left)
      : cost;
  }
  function costOfDefinition(name: string, left: number): number {
    const key = `${name} ${left}`;
    const made = known.get(key);
    if (made !== undefined) return made;
    // Whoever comes back here before the answer is known goes round in a circle.
    known.set(key, Infinity);
    const definition = isObject(definitions) ? own(definitions, name) : undefined;
    const cost = definition === undefined ? 1 : costOf(definition, left);
    known.set(key, cost);
    return cost;
  }
}
