import type { Dialect } from './dialect.ts';
import { isObject, type Json } from './json.ts';
import { isSchemaOf } from './metaschema.ts';

/** Keywords that draft 07 would silently pass over. */
const modern = new Set([
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'prefixItems',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/**
 * The dialect of a schema without `$schema`: the one that the caller names; else draft 07, because that is how ajv and most validators
 * read such a file, but 2020-12 when it uses a keyword that draft 07 does not have, for its author surely meant it to count.
 * Whoever writes `"exclusiveMinimum": true`, which only draft 04 allows, gets draft 04.
 */
export function undeclaredDialect(value: Json, named: Dialect | undefined): Dialect {
  const dialect = named ?? (holds(value, (name) => modern.has(name)) ? '2020-12' : 'draft-07');
  const isFlag = (name: string, member: Json) => typeof member === 'boolean' && /^exclusiveM(in|ax)imum$/.test(name);
  if (dialect === 'draft-04' || !holds(value, isFlag)) return dialect;
  return !isSchemaOf(value, dialect) && isSchemaOf(value, 'draft-04') ? 'draft-04' : dialect;
}

function holds(value: Json, test: (name: string, member: Json) => boolean): boolean {
  const left: Json[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) for (const item of next) left.push(item);
    else if (isObject(next)) {
      for (const [name, member] of Object.entries(next)) {
        if (test(name, member)) return true;
        left.push(member);
      }
    }
  }
  return false;
}
