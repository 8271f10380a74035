import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair, Step } from '../difference.ts';
import type { Edit } from '../location.ts';
import { member } from './values.ts';

const added: ChangeKind = {
  id: 'property-added',
  specName: 'FIELD_ADDED',
  mirror: 'property-removed',
  alternative: (subject) =>
    `If nobody ever wrote ${subject} before, compare with closed producers; else choose a name that no record uses.`,
};
const removed: ChangeKind = {
  id: 'property-removed',
  specName: 'FIELD_REMOVED',
  mirror: 'property-added',
  alternative: (subject) => `Keep ${subject}, mark it as deprecated, and stop writing it.`,
};
const addedRequired: ChangeKind = {
  id: 'required-property-added',
  specName: 'REQUIRED_ADDED',
  mirror: 'required-property-removed',
  alternative: (subject) =>
    `Add ${subject} as optional, fill it in every record, and require it in a later major version.`,
};
const removedRequired: ChangeKind = {
  id: 'required-property-removed',
  specName: 'FIELD_REMOVED',
  mirror: 'required-property-added',
  alternative: (subject) => `Make ${subject} optional first, and remove it when no reader asks for it any more.`,
};
const becameRequired: ChangeKind = {
  id: 'required-added',
  specName: 'REQUIRED_ADDED',
  mirror: 'required-removed',
  alternative: (subject) =>
    `Leave ${subject} optional, fill it in every record, and require it in a later major version.`,
};
const becameOptional: ChangeKind = {
  id: 'required-removed',
  specName: 'REQUIRED_REMOVED',
  mirror: 'required-added',
  alternative: (subject) => `Let readers do without ${subject} first, and make it optional in the next version.`,
};

/** `properties` and `required` together: a property that comes as required is one change for people, not two. */
export const properties: Family = {
  keywords: ['properties', 'required'],
  kinds: [added, removed, addedRequired, removedRequired, becameRequired, becameOptional],
  compare: (pair) => {
    const [old, next] = [readProperties(pair.old.value), readProperties(pair.new.value)];
    const steps: Step[] = [];
    const differences: Difference[] = [];
    for (const name of new Set([...old.schemas.keys(), ...next.schemas.keys(), ...old.required, ...next.required])) {
      const [before, after] = [old.schemas.get(name), next.schemas.get(name)];
      if (before !== undefined && after !== undefined) {
        const segments = ['properties', name];
        steps.push({ old: segments, new: segments, subject: member(pair.subject, name) });
      }
      const difference = compareOne(pair, name, old, next);
      if (difference) differences.push(difference);
    }
    return { differences, steps };
  },
};

interface Properties {
  readonly schemas: ReadonlyMap<string, Json>;
  readonly required: ReadonlySet<string>;
}

function readProperties(schema: JsonObject): Properties {
  const [map, names] = [own(schema, 'properties'), own(schema, 'required')];
  return {
    schemas: new Map(isObject(map) ? Object.entries(map) : []),
    required: new Set(Array.isArray(names) ? names.map(String) : []),
  };
}

function compareOne(pair: Pair<JsonObject>, name: string, old: Properties, next: Properties): Difference | undefined {
  const [before, after] = [old.schemas.get(name), next.schemas.get(name)];
  const [was, is] = [old.required.has(name), next.required.has(name)];
  const schema: { apply: Edit[]; undo: Edit[] } = {
    apply: [{ segments: ['properties', name], value: after }],
    undo: [{ segments: ['properties', name], value: before }],
  };
  const required = was === is ? { apply: [], undo: [] } : requiredEdits(name, old, next, is);
  const both = { apply: [...schema.apply, ...required.apply], undo: [...schema.undo, ...required.undo] };
  const about = { subject: member(pair.subject, name) };
  if (before === undefined && after !== undefined) {
    const kind = is && !was ? addedRequired : added;
    const summary = is ? 'added, required' : 'added, optional';
    return { kind, side: 'new', segments: ['properties', name], summary, after, ...about, ...both };
  }
  if (before !== undefined && after === undefined) {
    const kind = was && !is ? removedRequired : removed;
    const summary = was ? 'removed, was required' : 'removed, was optional';
    return { kind, side: 'old', segments: ['properties', name], summary, before, ...about, ...both };
  }
  if (was === is) return undefined;
  const kind = is ? becameRequired : becameOptional;
  const index = [...(is ? next : old).required].indexOf(name);
  const summary = is ? 'becomes required' : 'becomes optional';
  return { kind, side: is ? 'new' : 'old', segments: ['required', index], summary, ...about, ...required };
}

function requiredEdits(name: string, old: Properties, next: Properties, is: boolean) {
  const edit = (names: readonly string[]): Edit[] => [
    { segments: ['required'], value: names.length === 0 ? undefined : names },
  ];
  const [more, fewer] = [
    (names: ReadonlySet<string>) => [...names, name],
    (names: ReadonlySet<string>) => [...names].filter((other) => other !== name),
  ];
  return { apply: edit((is ? more : fewer)(old.required)), undo: edit((is ? fewer : more)(next.required)) };
}
