import { appendOnly } from '../compatibility/append-only.ts';
import type { Change } from '../compatibility/change.ts';
import { answerOf } from '../compatibility/mode.ts';
import type { CompatibilityMode, Verdict } from '../compatibility/verdict.ts';
import { unreachable } from '../unreachable.ts';

export type Direction = 'backward' | 'forward';

/** The directions that a mode asks about. */
export function askedDirections(mode: CompatibilityMode): readonly Direction[] {
  switch (mode) {
    case 'BACKWARD':
    case 'BACKWARD_TRANSITIVE':
      return ['backward'];
    case 'FORWARD':
    case 'FORWARD_TRANSITIVE':
      return ['forward'];
    case 'FULL':
    case 'FULL_TRANSITIVE':
      return ['backward', 'forward'];
    case 'NONE':
    case 'APPEND_ONLY':
      return [];
    default:
      return unreachable(mode);
  }
}

/** What one change is under a mode. */
export function changeVerdict(mode: CompatibilityMode, change: Change): Verdict['verdict'] {
  if (mode === 'APPEND_ONLY') return change.kind === appendOnly.id ? 'breaking' : 'compatible';
  return answerOf(mode, change);
}
