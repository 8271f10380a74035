import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Findings, Pair } from '../difference.ts';
import { member, sides, swap, visibleIn } from './values.ts';

const closed: ChangeKind = {
  id: 'content-closed',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'content-opened',
  alternative: (subject) => `Leave ${subject} open, and report what is not declared where the data is written.`,
};
const opened: ChangeKind = {
  id: 'content-opened',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'content-closed',
  alternative: (subject) => `Let readers ignore what they do not know in ${subject} first.`,
};
const restricted: ChangeKind = {
  id: 'content-restricted',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'content-opened',
  alternative: (subject) => `Leave ${subject} open, and declare the new properties by name.`,
};

export const opennessKinds = [closed, opened, restricted];

/** What objects may hold beside the declared properties. */
export const openness: Family = {
  keywords: ['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems'],
  kinds: opennessKinds,
  compare: (pair) => {
    const found = openness.keywords.map((keyword) => compareRest(pair, keyword, keyword));
    return { differences: found.flatMap((one) => one.differences), steps: found.flatMap((one) => one.steps) };
  },
};

/** A schema for "all the rest"; its keyword may differ between the sides. Absent means anything goes. */
export function compareRest(pair: Pair<JsonObject>, oldKeyword: string, newKeyword: string): Findings {
  const [old, next] = [own(pair.old.value, oldKeyword), own(pair.new.value, newKeyword)];
  const [was, is] = [degree(old), degree(next)];
  const isArray = /Items$|^items$/.test(newKeyword);
  const subject = isArray ? `${pair.subject}[]` : member(pair.subject, '*').replace('["*"]', '.*').replace(/^\./, '');
  if (was === 'some' && is === 'some') {
    return { differences: [], steps: [{ old: [oldKeyword], new: [newKeyword], subject }] };
  }
  if (was === is) return { differences: [], steps: [] };
  const kind = is === 'none' ? closed : was === 'all' ? restricted : opened;
  const what = isArray ? 'further items' : 'undeclared properties';
  const words = {
    none: 'no longer allowed',
    some: was === 'all' ? 'now restricted' : 'now allowed',
    all: 'now allowed',
  };
  const difference: Difference = {
    kind,
    side: visibleIn(next),
    segments: [next === undefined ? oldKeyword : newKeyword],
    subject: pair.subject,
    summary: `${what} ${words[is]}`,
    ...sides(old, next),
    ...swap(oldKeyword, old, next),
    undo: swap(newKeyword, old, next).undo,
  };
  return { differences: [difference], steps: [] };
}

function degree(schema: Json | undefined): 'all' | 'some' | 'none' {
  if (schema === false) return 'none';
  if (schema === undefined || schema === true) return 'all';
  return isObject(schema) && Object.keys(schema).length === 0 ? 'all' : 'some';
}
