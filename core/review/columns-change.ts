import type { Target } from '../configuration/configuration.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { isObject, type Json, own } from '../schema/json.ts';

/**
 * Whether a target whose columns are the properties needs other columns for the new version: then a migration has to say so, also where
 * every record stays valid. Rather asked once too often: what a type is by reference is not looked up.
 */
export function columnsChange(target: Target | undefined, old: Json, next: Json): boolean {
  return target !== undefined && target.document === undefined && shapeOf(old) !== shapeOf(next);
}

/** What a column follows of a property. */
const words = ['$ref', 'type', 'enum', 'const', 'format', 'maxLength', 'items', 'allOf', 'anyOf', 'oneOf'];

function shapeOf(schema: Json): string {
  if (!isObject(schema)) return canonicalJson(schema);
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  const shapes = Object.entries(isObject(properties) ? properties : {}).map(([name, property]): [string, Json] => [
    name,
    isObject(property)
      ? Object.fromEntries(Object.entries(property).filter(([word]) => words.includes(word)))
      : property,
  ]);
  const names = Array.isArray(required) ? required.map(String).toSorted() : [];
  return canonicalJson({ properties: Object.fromEntries(shapes), required: names });
}
