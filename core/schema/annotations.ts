import type { Dialect } from './dialect.ts';
import { isObject, type Json, own } from './json.ts';
import { keywordsOf } from './keywords.ts';
import { subschemas } from './subschemas.ts';

/** The schema without what never changes which documents are valid: titles, examples, unknown keywords. */
export function withoutAnnotations(schema: Json, dialect: Dialect): Json {
  if (!isObject(schema)) return schema;
  const table = keywordsOf(dialect);
  const inner = new Map<string, Json>();
  for (const { segments, value } of subschemas(schema, dialect))
    inner.set(segments.join('/'), withoutAnnotations(value, dialect));
  const kept = Object.entries(schema).flatMap(([name, value]): [string, Json][] => {
    const keyword = table.get(name);
    if (keyword === undefined || keyword.role === 'annotation' || name === '$schema') return [];
    const whole = inner.get(name);
    if (whole !== undefined) return [[name, whole]];
    if (Array.isArray(value)) return [[name, value.map((item: Json, at) => inner.get(`${name}/${at}`) ?? item)]];
    if (!isObject(value) || keyword.shape === 'value') return [[name, value]];
    const members = Object.keys(value).map((member) => [
      member,
      inner.get(`${name}/${member}`) ?? own(value, member) ?? null,
    ]);
    return [[name, Object.fromEntries(members) as Json]];
  });
  return Object.fromEntries(kept);
}
