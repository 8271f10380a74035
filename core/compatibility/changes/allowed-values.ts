import { canonicalJson } from '../../schema/canonical.ts';
import { canonicalValues } from '../../schema/canonical-values.ts';
import { type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair } from '../difference.ts';
import type { Edit } from '../location.ts';
import { show, sides } from './values.ts';

const reduced: ChangeKind = {
  id: 'enum-value-removed',
  specName: 'ENUM_REDUCED',
  mirror: 'enum-value-added',
  alternative: (subject) => `Keep the value of ${subject} and mark it as deprecated until no record has it.`,
};
const extended: ChangeKind = {
  id: 'enum-value-added',
  specName: 'ENUM_EXTENDED',
  mirror: 'enum-value-removed',
  alternative: (subject) => `Let readers treat values of ${subject} that they do not know as a default first.`,
};
const added: ChangeKind = {
  id: 'enum-added',
  specName: 'ENUM_REDUCED',
  mirror: 'enum-removed',
  alternative: (subject) =>
    `List every value that records hold in ${subject}, or check the list where the data is written.`,
};
const removed: ChangeKind = {
  id: 'enum-removed',
  specName: 'ENUM_EXTENDED',
  mirror: 'enum-added',
  alternative: (subject) => `Let readers treat values of ${subject} that they do not know as a default first.`,
};
const changed: ChangeKind = {
  id: 'const-changed',
  specName: 'CONSTRAINT_CHANGED',
  mirror: 'const-changed',
  alternative: (subject) => `Allow both values of ${subject} by "enum" until no record has the old one.`,
};

/** `enum`, and `const` as a list of one: what a list says does not depend on which of them spells it. */
export const allowedValues: Family = {
  keywords: ['enum', 'const'],
  kinds: [reduced, extended, added, removed, changed],
  compare: (pair) => {
    const [before, after] = [listed(pair.old.value), listed(pair.new.value)];
    const gone = [...(before ?? [])].filter(([key]) => !after?.has(key)).map(([, value]) => value);
    const come = [...(after ?? [])].filter(([key]) => !before?.has(key)).map(([, value]) => value);
    const values = (map: ReadonlyMap<string, Json> | undefined) => map && [...map.values()];
    const whole = { apply: spelled(values(after)), undo: spelled(values(before)) };
    if (before === undefined || after === undefined) {
      if (before === after) return { differences: [], steps: [] };
      const summary = after ? `only ${list(values(after))}` : 'any value';
      return { differences: [found(pair, after ? added : removed, summary, whole)], steps: [] };
    }
    if (gone.length === 0 && come.length === 0) return { differences: [], steps: [] };
    if (before.size === 1 && after.size === 1) {
      return { differences: [found(pair, changed, `${list(gone)} → ${list(come)}`, whole)], steps: [] };
    }
    const kept = [...before].filter(([key]) => after.has(key)).map(([, value]) => value);
    const differences: Difference[] = [];
    if (gone.length > 0) {
      const edits = { apply: spelled(kept), undo: spelled([...after.values(), ...gone]) };
      differences.push(found(pair, reduced, `loses ${list(gone)}`, edits));
    }
    if (come.length > 0) {
      const edits = { apply: spelled([...before.values(), ...come]), undo: spelled(kept) };
      differences.push(found(pair, extended, `gains ${list(come)}`, edits));
    }
    return { differences, steps: [] };
  },
};

/** By canonical text, in the order of the schema. Undefined: any value. */
function listed(schema: JsonObject): ReadonlyMap<string, Json> | undefined {
  const [only, many] = [own(schema, 'const'), own(schema, 'enum')];
  const list = Array.isArray(many) ? (many as readonly Json[]) : undefined;
  if (only === undefined) return list && canonicalValues(list);
  const key = canonicalJson(only);
  return new Map(list && !list.some((value) => canonicalJson(value) === key) ? [] : [[key, only]]);
}

function spelled(values: readonly Json[] | undefined): Edit[] {
  return [
    { segments: ['const'], value: undefined },
    { segments: ['enum'], value: values },
  ];
}

function found(
  pair: Pair<JsonObject>,
  kind: ChangeKind,
  summary: string,
  edits: { apply: Edit[]; undo: Edit[] },
): Difference {
  const keywordIn = (schema: JsonObject) => ['enum', 'const'].find((keyword) => own(schema, keyword) !== undefined);
  const [old, next] = [keywordIn(pair.old.value), keywordIn(pair.new.value)];
  return {
    kind,
    side: next ? 'new' : 'old',
    segments: [next ?? old ?? 'enum'],
    subject: pair.subject,
    summary,
    ...sides(old && own(pair.old.value, old), next && own(pair.new.value, next)),
    ...edits,
  };
}

function list(values: readonly Json[] | undefined): string {
  const shown = (values ?? []).slice(0, 5).map((value) => show(value));
  return (values ?? []).length > 5 ? `${shown.join(', ')} and ${(values ?? []).length - 5} more` : shown.join(', ');
}
