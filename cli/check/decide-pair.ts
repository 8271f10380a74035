import { closedProducers } from '../../core/compatibility/closed-producers.ts';
import { decideInclusion } from '../../core/compatibility/inclusion/decide.ts';
import type { Verdict } from '../../core/compatibility/verdict.ts';
import { InputError } from '../../core/input-error.ts';
import type { SchemaBundle } from '../../core/schema/document.ts';
import { parseSchema, schemaOf } from '../../core/schema/parse.ts';
import { deadline } from './deadline.ts';
import type { Pair, SchemaSource } from './pair.ts';

export interface PairOptions {
  readonly formatAssertion: boolean;
  readonly contentAssertion?: boolean;
  readonly producers: 'open' | 'closed';
  /** Seconds for a pair, both directions. */
  readonly timeout: number;
}

export interface PairVerdicts {
  readonly backward: Verdict;
  readonly forward: Verdict;
}

/** A schema that cannot be read is undecided, with the reason: the line answers all the same. */
export function decidePair(pair: Pair, options: PairOptions): PairVerdicts {
  let before: SchemaBundle;
  let after: SchemaBundle;
  try {
    before = bundle('old', pair.old, pair);
    after = bundle('new', pair.new, pair);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const unread = { verdict: 'undecided', reason: error.message, pointer: '' } as const;
    return { backward: unread, forward: unread };
  }
  const { producers, timeout } = options;
  const formatAssertion = pair.formatAssertion ?? options.formatAssertion;
  const contentAssertion = pair.contentAssertion ?? options.contentAssertion ?? false;
  const [half, whole] = [deadline(timeout / 2), deadline(timeout)];
  const decide = (written: SchemaBundle, read: SchemaBundle, expired: () => boolean) =>
    decideInclusion(producers === 'closed' ? closedProducers(written) : written, read, {
      formatAssertion,
      contentAssertion,
      budget: { expired },
    });
  return { backward: decide(before, after, half), forward: decide(after, before, whole) };
}

/** References out of the pair stay open: they matter only where a verdict depends on them. */
function bundle(path: string, source: SchemaSource, { dialect }: Pair): SchemaBundle {
  const options = dialect === undefined ? {} : { defaultDialect: dialect };
  const root =
    'text' in source ? parseSchema({ path, text: source.text }, options) : schemaOf(path, source.value, options);
  return { root, files: new Map() };
}
