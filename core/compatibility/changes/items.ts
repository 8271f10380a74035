import { type Dialect, isSince } from '../../schema/dialect.ts';
import { type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Findings, Pair } from '../difference.ts';
import { compareRest } from './openness.ts';
import { sides, visibleIn } from './values.ts';

const alternative = (subject: string) =>
  `Put the new shape into a new property beside ${subject}, and retire ${subject} later.`;
const added: ChangeKind = {
  id: 'tuple-item-added',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'tuple-item-removed',
  alternative,
};
const removed: ChangeKind = {
  id: 'tuple-item-removed',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'tuple-item-added',
  alternative,
};
const changed: ChangeKind = {
  id: 'items-changed',
  specName: 'FIELD_TYPE_CHANGED',
  mirror: 'items-changed',
  alternative,
};

const keywords = ['items', 'prefixItems', 'additionalItems'];

/** Arrays: schemas by position, and one for the rest. Which keyword is which depends on the dialect. */
export const items: Family = {
  keywords,
  kinds: [added, removed, changed],
  compare: (pair, dialect) => {
    const [old, next] = [layout(pair.old.value, dialect), layout(pair.new.value, dialect)];
    if ((old.positions === undefined) !== (next.positions === undefined)) return relaid(pair);
    const tuple = positions(pair, old, next);
    const rest = compareRest(pair, old.rest, next.rest);
    return { differences: [...tuple.differences, ...rest.differences], steps: [...tuple.steps, ...rest.steps] };
  },
};

interface Layout {
  readonly positions: readonly Json[] | undefined;
  readonly tuple: string;
  readonly rest: string;
}

function layout(schema: JsonObject, dialect: Dialect): Layout {
  const modern = isSince(dialect, '2020-12');
  const tuple = modern ? 'prefixItems' : 'items';
  const value = own(schema, tuple);
  const positions = Array.isArray(value) ? (value as readonly Json[]) : undefined;
  return { positions, tuple, rest: modern || positions === undefined ? 'items' : 'additionalItems' };
}

/** A list became a tuple, or the other way round: one change for the whole. */
function relaid(pair: Pair<JsonObject>): Findings {
  const [old, next] = [pair.old.value, pair.new.value];
  const visible = keywords.find((keyword) => own(next, keyword) !== undefined);
  const difference: Difference = {
    kind: changed,
    side: visibleIn(visible),
    segments: [visible ?? 'items'],
    subject: `${pair.subject}[]`,
    summary: visible === undefined ? 'items may be anything' : 'items are described in another way',
    ...sides(own(old, 'items') ?? own(old, 'prefixItems'), own(next, 'items') ?? own(next, 'prefixItems')),
    apply: keywords.map((keyword) => ({ segments: [keyword], value: own(next, keyword) })),
    undo: keywords.map((keyword) => ({ segments: [keyword], value: own(old, keyword) })),
  };
  return { differences: [difference], steps: [] };
}

function positions(pair: Pair<JsonObject>, old: Layout, next: Layout): Findings {
  const [before, after] = [old.positions ?? [], next.positions ?? []];
  const shared = Math.min(before.length, after.length);
  const steps = Array.from({ length: shared }, (_, at) => ({
    old: [old.tuple, at],
    new: [next.tuple, at],
    subject: `${pair.subject}[${at}]`,
  }));
  if (before.length === after.length) return { differences: [], steps };
  const longer = after.length > before.length;
  const difference: Difference = {
    kind: longer ? added : removed,
    side: longer ? 'new' : 'old',
    segments: [longer ? next.tuple : old.tuple, shared],
    subject: `${pair.subject}[${shared}]`,
    summary: `${Math.abs(after.length - before.length)} more positions ${longer ? 'described' : 'left free'}`,
    apply: [{ segments: [old.tuple], value: [...before.slice(0, shared), ...after.slice(shared)] }],
    undo: [{ segments: [next.tuple], value: [...after.slice(0, shared), ...before.slice(shared)] }],
  };
  return { differences: [difference], steps };
}
