import type { Json } from '../schema/json.ts';
import type { Comparison } from './comparison.ts';
import { answerOf, worst } from './mode.ts';
import type { CompatibilityMode, Verdict } from './verdict.ts';

type Producers = 'open' | 'closed';
type Direction = 'backward' | 'forward';

/** How to learn what is not known yet. */
interface Asking {
  readonly decide: (assumed: Producers, direction: Direction) => Verdict;
  /** Whether closed producers surely write a document that is valid under the schema they write by. */
  readonly isWrittenClosed: (direction: Direction, document: Json) => boolean;
}

/**
 * The answer under the other assumption about writers, when it is another one. Closed producers write less, so they can only turn a
 * break into `compatible`. Deciding costs as much as the comparison did, and mostly need not be: what holds for all documents
 * holds for fewer, and a witness that closed producers write shows the break to both.
 */
export function underOtherProducers(
  mode: CompatibilityMode,
  producers: Producers,
  whole: { readonly backward: Verdict; readonly forward: Verdict },
  { decide, isWrittenClosed }: Asking,
): Comparison['otherwise'] {
  if (mode === 'NONE' || mode === 'APPEND_ONLY') return undefined;
  const verdict = answerOf(mode, whole);
  if ((verdict === 'compatible') === (producers === 'open')) return undefined;
  const directions: readonly Direction[] = ['backward', 'forward'];
  const asked = directions.filter((direction) => !mode.startsWith(direction === 'backward' ? 'FORWARD' : 'BACKWARD'));
  const other = producers === 'open' ? 'closed' : 'open';
  const isShown = asked.some((direction) => {
    const known = whole[direction];
    return known.verdict === 'breaking' && isWrittenClosed(direction, known.witness);
  });
  if (isShown) return undefined;
  const answers = asked.map((direction) =>
    producers === 'open' && whole[direction].verdict === 'compatible' ? 'compatible' : decide(other, direction).verdict,
  );
  const answer = worst(answers);
  return answer === verdict ? undefined : { producers: other, verdict: answer };
}
