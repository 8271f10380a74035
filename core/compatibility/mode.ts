import { unreachable } from '../unreachable.ts';
import type { CompatibilityMode, Verdict } from './verdict.ts';

type Answer = Verdict['verdict'];

/** What a mode makes of both directions: the worst of those it asks about. */
export function answerOf(
  mode: CompatibilityMode,
  { backward, forward }: { backward: Verdict; forward: Verdict },
): Answer {
  switch (mode) {
    case 'BACKWARD':
    case 'BACKWARD_TRANSITIVE':
      return backward.verdict;
    case 'FORWARD':
    case 'FORWARD_TRANSITIVE':
      return forward.verdict;
    case 'FULL':
    case 'FULL_TRANSITIVE':
      return worst([backward.verdict, forward.verdict]);
    case 'NONE':
    // Decided by the text of the files, see `append-only.ts`.
    case 'APPEND_ONLY':
      return 'compatible';
    default:
      return unreachable(mode);
  }
}

export function worst(answers: readonly Answer[]): Answer {
  if (answers.includes('breaking')) return 'breaking';
  return answers.includes('undecided') ? 'undecided' : 'compatible';
}

/** Whether a mode asks about every published version, not only the last one. */
export function isTransitive(mode: CompatibilityMode): boolean {
  return mode.endsWith('_TRANSITIVE');
}
