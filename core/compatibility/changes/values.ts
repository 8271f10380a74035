import { canonicalJson } from '../../schema/canonical.ts';
import { type Json, type JsonObject, own } from '../../schema/json.ts';
import type { Edit } from '../location.ts';

/** The value of a keyword on both sides, or undefined when they agree. */
export function differing(keyword: string, before: JsonObject, after: JsonObject) {
  const [old, next] = [own(before, keyword), own(after, keyword)];
  return sameJson(old, next) ? undefined : { old, next };
}

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** A value in a sentence: short, on one line. */
export function show(value: Json | undefined): string {
  if (value === undefined) return 'none';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

/** A keyword set to the other side's value, each way. */
export function swap(
  keyword: string,
  before: Json | undefined,
  after: Json | undefined,
): { apply: Edit[]; undo: Edit[] } {
  return { apply: [{ segments: [keyword], value: after }], undo: [{ segments: [keyword], value: before }] };
}

/** `before` and `after` of a change: absent where there is nothing. */
export function sides(before: Json | undefined, after: Json | undefined): { before?: Json; after?: Json } {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** A person looks at the new text, or at the old one when what changed is gone there. */
export function visibleIn(after: Json | undefined): 'old' | 'new' {
  return after === undefined ? 'old' : 'new';
}

/** A name as people write it in a path: `address.city`, `address["zip code"]`. */
export function member(subject: string, name: string): string {
  if (!/^[A-Za-z_$@][\w$@:-]*$/.test(name)) return `${subject}[${JSON.stringify(name)}]`;
  return subject === '' ? name : `${subject}.${name}`;
}
