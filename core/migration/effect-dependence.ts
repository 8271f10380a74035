import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';

/**
 * Why a change of member `name` could change what this schema says in a place other than `properties`, `required` and
 * `additionalProperties`; undefined when it cannot. `presence`: the member may come or go; `value`: it only changes.
 */
export function dependsOn(schema: JsonObject, name: string, change: 'presence' | 'value'): string | undefined {
  for (const [keyword, value] of Object.entries(schema)) {
    switch (keyword) {
      case 'enum':
      case 'const':
      case 'patternProperties':
      case '$ref':
        return `has ${keyword}`;
      case 'minProperties':
      case 'maxProperties':
      case 'propertyNames':
        if (change === 'presence') return `has ${keyword}`;
        break;
      case 'unevaluatedProperties':
        // A member listed in `properties` beside it is evaluated, whatever its value.
        if (!isListed(schema, name)) return `has ${keyword}`;
        break;
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        if (!Array.isArray(value) || !value.every((branch) => isBlindTo(branch, name)))
          return `speaks of ${name} in ${keyword}`;
        break;
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        if (!isBlindTo(value, name)) return `speaks of ${name} in ${keyword}`;
        break;
      case 'dependencies':
      case 'dependentRequired':
      case 'dependentSchemas':
        if (!dependenciesAreBlindTo(value, name)) return `speaks of ${name} in ${keyword}`;
        break;
      default:
      // Everything else is an annotation, or says something of values that are no objects, or is edited by name.
    }
  }
  return undefined;
}

/** Whether the answer of a subschema of the same object is the same whatever the member is and whether it is there. */
function isBlindTo(schema: Json, name: string): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isObject(schema)) return false;
  if (isListed(schema, name)) return false;
  const required = own(schema, 'required');
  if (Array.isArray(required) && required.includes(name)) return false;
  if (['additionalProperties', 'unevaluatedProperties'].some((keyword) => Object.hasOwn(schema, keyword))) return false;
  return dependsOn(schema, name, 'presence') === undefined;
}

function dependenciesAreBlindTo(value: Json, name: string): boolean {
  if (!isObject(value) || Object.hasOwn(value, name)) return false;
  return Object.values(value).every((needed) =>
    Array.isArray(needed) ? !needed.includes(name) : isBlindTo(needed, name),
  );
}

function isListed(schema: JsonObject, name: string): boolean {
  const properties = own(schema, 'properties');
  return isObject(properties) && Object.hasOwn(properties, name);
}
