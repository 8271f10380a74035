import { isObject, type Json } from './json.ts';

/**
 * One text for all spellings of a JSON value: names sorted by code unit, numbers as JavaScript writes them, no space, in the
 * manner of RFC 8785. Equal texts mean equal values.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(Object.is(value, -0) ? 0 : value);
}
