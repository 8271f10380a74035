import type { Comparison } from './comparison.ts';
import { answerOf } from './mode.ts';
import type { CompatibilityMode, Verdict } from './verdict.ts';

type Producers = 'open' | 'closed';

/**
 * The answer under the other assumption about writers, when it is another one. Closed producers write less, so they can only turn a
 * break into `compatible`: that is the only case in which anything is decided again.
 */
export function underOtherProducers(
  mode: CompatibilityMode,
  producers: Producers,
  verdict: Verdict['verdict'],
  decide: (assumed: Producers) => { readonly backward: () => Verdict; readonly forward: () => Verdict },
): Comparison['otherwise'] {
  if (mode === 'NONE' || mode === 'APPEND_ONLY') return undefined;
  if ((verdict === 'compatible') === (producers === 'open')) return undefined;
  const other = producers === 'open' ? 'closed' : 'open';
  const { backward, forward } = decide(other);
  const unasked: Verdict = { verdict: 'compatible' };
  const answer = answerOf(mode, {
    backward: mode.startsWith('FORWARD') ? unasked : backward(),
    forward: mode.startsWith('BACKWARD') ? unasked : forward(),
  });
  return answer === verdict ? undefined : { producers: other, verdict: answer };
}
