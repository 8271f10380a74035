import { type Json, type JsonObject, own } from '../../schema/json.ts';
import { type ChangeKind, rootSubject } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { show, sides, swap, visibleIn } from './values.ts';

const keyword = 'type';
const alternative = (subject: string) =>
  subject === rootSubject
    ? 'Publish the new shape as a schema of its own, and move writers and readers over.'
    : `Add a new property of the new type, fill it from ${subject}, and retire ${subject} in a later major version.`;
const changed: ChangeKind = { id: 'type-changed', specName: 'FIELD_TYPE_CHANGED', mirror: 'type-changed', alternative };
const narrowed: ChangeKind = {
  id: 'type-narrowed',
  specName: 'FIELD_TYPE_CHANGED',
  mirror: 'type-widened',
  alternative,
};
const widened: ChangeKind = {
  id: 'type-widened',
  specName: 'FIELD_TYPE_CHANGED',
  mirror: 'type-narrowed',
  alternative: (subject) =>
    `Let readers accept the further types of ${subject} first, and widen it in the next version.`,
};
const everyType = ['array', 'boolean', 'null', 'number', 'object', 'string'];

export const type: Family = {
  keywords: [keyword],
  kinds: [changed, narrowed, widened],
  compare: (pair) => {
    const [before, after] = [typesOf(pair.old.value), typesOf(pair.new.value)];
    const [gains, loses] = [lacks(before, after), lacks(after, before)];
    if (!gains && !loses) return { differences: [], steps: [] };
    const [old, next] = [own(pair.old.value, keyword), own(pair.new.value, keyword)];
    const difference = {
      kind: gains && loses ? changed : loses ? narrowed : widened,
      side: visibleIn(next),
      segments: [keyword],
      subject: pair.subject,
      summary: `${spell(old)} → ${spell(next)}`,
      ...sides(old, next),
      ...swap(keyword, old, next),
    };
    return { differences: [difference], steps: [] };
  },
};

function typesOf(schema: JsonObject): ReadonlySet<string> {
  const types = own(schema, keyword);
  if (typeof types === 'string') return new Set([types]);
  return new Set(Array.isArray(types) ? types.map(String) : everyType);
}

/** Whether the second has something the first lacks; every integer is a number. */
function lacks(first: ReadonlySet<string>, second: ReadonlySet<string>): boolean {
  return [...second].some((name) => !first.has(name) && !(name === 'integer' && first.has('number')));
}

function spell(types: Json | undefined): string {
  if (types === undefined) return 'any type';
  return (Array.isArray(types) ? types : [types]).map((name) => show(name).replaceAll('"', '')).join(' or ');
}
