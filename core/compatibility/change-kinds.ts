import { appendOnly } from './append-only.ts';
import type { ChangeKind } from './change-kind.ts';
import { existenceKinds } from './changes/existence.ts';
import { families } from './changes/index.ts';
import { rewritten } from './changes/rewritten.ts';

/** Changes that cannot be told apart: the versions as a whole, when no single change explains the verdict. */
export const wholeDocument: ChangeKind = {
  id: 'whole-document',
  mirror: 'whole-document',
  alternative: () => 'Make the changes one at a time, so that each can be judged.',
};
/** Of `$schema`. */
export const dialectChanged: ChangeKind = { id: 'dialect-changed', mirror: 'dialect-changed' };

/** The one list of kinds. */
export const changeKinds: readonly ChangeKind[] = [
  ...families.flatMap((family) => family.kinds),
  ...existenceKinds,
  rewritten,
  wholeDocument,
  dialectChanged,
  appendOnly,
];
