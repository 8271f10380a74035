import { type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair } from '../difference.ts';
import { swap } from './values.ts';

const tightened: ChangeKind = {
  id: 'bound-tightened',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'bound-loosened',
  alternative: (subject) => `Keep the old bound of ${subject}, and hold new data to the new one where it is written.`,
};
const loosened: ChangeKind = {
  id: 'bound-loosened',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'bound-tightened',
  alternative: (subject) => `Let readers accept the wider range of ${subject} first, and widen it in the next version.`,
};

interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

/** The ends of a number's range, each spelled by two keywords (and in draft 04 by a number with a flag). */
export const bounds: Family = {
  keywords: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
  kinds: [tightened, loosened],
  compare: (pair) => ({
    differences: [...end(pair, 'minimum', 'exclusiveMinimum', 1), ...end(pair, 'maximum', 'exclusiveMaximum', -1)],
    steps: [],
  }),
};

function end(pair: Pair<JsonObject>, plain: string, exclusive: string, direction: 1 | -1): Difference[] {
  const [old, next] = [pair.old.value, pair.new.value].map((schema) =>
    effective(own(schema, plain), own(schema, exclusive), direction),
  );
  const growth = compare(old, next, direction);
  if (growth === 0) return [];
  const edits = [plain, exclusive].map((keyword) =>
    swap(keyword, own(pair.old.value, keyword), own(pair.new.value, keyword)),
  );
  const segments = [plain, exclusive].find((keyword) => own((next ? pair.new : pair.old).value, keyword) !== undefined);
  return [
    {
      kind: growth > 0 ? tightened : loosened,
      side: next ? 'new' : 'old',
      segments: [segments ?? plain],
      subject: pair.subject,
      summary: `${plain} ${spell(old)} → ${spell(next)}`,
      ...(old ? { before: old.value } : {}),
      ...(next ? { after: next.value } : {}),
      apply: edits.flatMap(({ apply }) => apply),
      undo: edits.flatMap(({ undo }) => undo),
    },
  ];
}

/** The stricter of the two when both are there. */
function effective(plain: Json | undefined, exclusive: Json | undefined, direction: 1 | -1): Bound | undefined {
  const inclusive = typeof plain === 'number' ? { value: plain, exclusive: exclusive === true } : undefined;
  const strict = typeof exclusive === 'number' ? { value: exclusive, exclusive: true } : undefined;
  return compare(inclusive, strict, direction) > 0 ? strict : inclusive;
}

/** Above 0 when the second is stricter. */
function compare(a: Bound | undefined, b: Bound | undefined, direction: 1 | -1): number {
  if (!a || !b) return Number(b !== undefined) - Number(a !== undefined);
  return a.value === b.value ? Number(b.exclusive) - Number(a.exclusive) : (b.value - a.value) * direction;
}

function spell(bound: Bound | undefined): string {
  if (!bound) return 'none';
  return bound.exclusive ? `${bound.value} (not included)` : String(bound.value);
}
