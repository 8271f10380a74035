import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Pair } from '../difference.ts';

const forbidden: ChangeKind = {
  id: 'schema-forbidden',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'schema-allowed',
  alternative: (subject) => `Stop writing ${subject} first, and forbid it when no record has it.`,
};
const allowed: ChangeKind = {
  id: 'schema-allowed',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'schema-forbidden',
  alternative: (subject) => `Let readers accept ${subject} first, and write it from the next version on.`,
};

export const existenceKinds = [forbidden, allowed];

/** The schema `false` on one side only: nothing was allowed there, or nothing is any more. */
export function existence({ old, new: next, subject }: Pair): Difference | undefined {
  if ((old.value === false) === (next.value === false)) return undefined;
  const gone = next.value === false;
  return {
    kind: gone ? forbidden : allowed,
    side: 'new',
    segments: [],
    subject,
    summary: gone ? 'nothing is allowed here any more' : 'values are now allowed here',
    before: old.value,
    after: next.value,
    apply: [{ segments: [], value: next.value }],
    undo: [{ segments: [], value: old.value }],
  };
}
