import { type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair } from '../difference.ts';
import { show, sides, swap, visibleIn } from './values.ts';

const tightened: ChangeKind = {
  id: 'size-tightened',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'size-loosened',
  alternative: (subject) => `Keep the old limit of ${subject}, and hold new data to the new one where it is written.`,
};
const loosened: ChangeKind = {
  id: 'size-loosened',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'size-tightened',
  alternative: (subject) => `Let readers accept the wider ${subject} first, and widen it in the next version.`,
};

/** Keyword → what its absence means. A limit below rises when it tightens, a limit above falls. */
const lower = new Map([
  ['minLength', 0],
  ['minItems', 0],
  ['minProperties', 0],
  ['minContains', 1],
]);
const upper = ['maxLength', 'maxItems', 'maxProperties', 'maxContains'];

/** How long strings are, how many items and properties there are. */
export const sizes: Family = {
  keywords: [...lower.keys(), ...upper],
  kinds: [tightened, loosened],
  compare: (pair) => ({
    differences: [
      ...[...lower].flatMap(([keyword, absent]) => limit(pair, keyword, absent, 1)),
      ...upper.flatMap((keyword) => limit(pair, keyword, Infinity, -1)),
    ],
    steps: [],
  }),
};

function limit(pair: Pair<JsonObject>, keyword: string, absent: number, direction: 1 | -1): Difference[] {
  const [old, next] = [own(pair.old.value, keyword), own(pair.new.value, keyword)];
  const [before, after] = [old, next].map((value) => (typeof value === 'number' ? value : absent));
  if (before === undefined || after === undefined || before === after) return [];
  return [
    {
      kind: (after - before) * direction > 0 ? tightened : loosened,
      side: visibleIn(next),
      segments: [keyword],
      subject: pair.subject,
      summary: `${keyword} ${show(old)} → ${show(next)}`,
      ...sides(old, next),
      ...swap(keyword, old, next),
    },
  ];
}
