import type { Dialect } from './dialect.ts';
import { isObject, type Json } from './json.ts';

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
 * The dialect of a schema without `$schema`, when nobody says. Draft 07, because that is how ajv and most validators read such a file;
 * but 2020-12 when it uses a keyword that draft 07 does not have, for its author surely meant it to count.
 */
export function guessDialect(value: Json): Dialect {
  const left: Json[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) left.push(...next);
    else if (isObject(next)) {
      for (const [name, member] of Object.entries(next)) {
        if (modern.has(name)) return '2020-12';
        left.push(member);
      }
    }
  }
  return 'draft-07';
}
