import type { JsonObject } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Pair } from '../difference.ts';

export const rewritten: ChangeKind = { id: 'rewritten', mirror: 'rewritten' };

/** Kinds that can say what other keywords say too. */
const structural =
  /^(all-of|any-of|one-of|not|condition|reference|items-changed|contains|dependency|property-names|content-restricted|pattern-property|enum-added|enum-removed)/;

/**
 * Several differences in one schema may be one thought in other words: `anyOf` of types became a list of types, a branch of `allOf`
 * was written out. Taken one by one they would be blamed for what they do not do.
 */
export function rewriting(
  pair: Pair<JsonObject>,
  differences: readonly Difference[],
  sameMeaning: (pair: Pair) => boolean,
): Difference | undefined {
  const weighty = differences.filter(({ apply }) => apply.length > 0);
  if (weighty.length < 2 || !weighty.some(({ kind }) => structural.test(kind.id)) || !sameMeaning(pair))
    return undefined;
  const [first] = weighty;
  return {
    kind: rewritten,
    side: first?.side ?? 'new',
    segments: first?.segments ?? [],
    subject: pair.subject,
    summary: 'the same in other words',
    before: pair.old.value,
    after: pair.new.value,
    apply: [],
    undo: [],
  };
}
