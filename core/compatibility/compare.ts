import type { SchemaBundle } from '../schema/document.ts';
import { aligned } from './aligned.ts';
import { violationsOfAppendOnly } from './append-only.ts';
import type { Change } from './change.ts';
import { closedProducers } from './closed-producers.ts';
import { isWrittenClosed } from './closed-writing.ts';
import { type Combined, combine } from './combined.ts';
import type { Comparison } from './comparison.ts';
import { describeChange } from './describe-change.ts';
import type { Budget } from './inclusion/budget.ts';
import { decideInclusion } from './inclusion/decide.ts';
import { Judge, type JudgeOptions } from './judge.ts';
import { answerOf } from './mode.ts';
import { underOtherProducers } from './other-producers.ts';
import type { CompatibilityMode, Verdict } from './verdict.ts';
import { type Found, walk } from './walk.ts';
import { wholeDocumentChange } from './whole-document.ts';

export interface CompareOptions {
  readonly mode: CompatibilityMode;
  /** Whether `format` decides about documents. */
  readonly formatAssertion: boolean;
  /** The same for `contentEncoding`, `contentMediaType` and `contentSchema`. Default false. */
  readonly contentAssertion?: boolean;
  /** `closed`: writers emit declared properties only. Default `open`: any document that is valid may exist. */
  readonly producers?: 'open' | 'closed';
  /** For the verdict on the whole pair, each direction. */
  readonly budget?: Budget;
  /** For everything about single changes, together. Default: as `budget`. */
  readonly changesBudget?: Budget;
}

/** All that is known about two versions of a schema: verdicts with witnesses, and each change with what it does alone. */
export function compare(oldBundle: SchemaBundle, newBundle: SchemaBundle, options: CompareOptions): Comparison {
  const { mode, formatAssertion, contentAssertion = false, producers = 'open', budget = {} } = options;
  const { changesBudget = budget } = options;
  const decide = (written: SchemaBundle, read: SchemaBundle, assumed = producers) =>
    decideInclusion(assumed === 'closed' ? closedProducers(written) : written, read, {
      formatAssertion,
      contentAssertion,
      budget,
    });
  const whole = { backward: decide(oldBundle, newBundle), forward: decide(newBundle, oldBundle) };
  const changesOptions = { formatAssertion, contentAssertion, budget: changesBudget };
  const forbidden = mode === 'APPEND_ONLY' ? violationsOfAppendOnly(oldBundle.root, newBundle.root) : [];
  const verdict = forbidden.length > 0 ? 'breaking' : answerOf(mode, whole);
  const sameMeaning = (a: SchemaBundle, b: SchemaBundle) =>
    [decideInclusion(a, b, changesOptions), decideInclusion(b, a, changesOptions)].every(isCompatible);
  const alike = aligned({ old: oldBundle, new: newBundle }, sameMeaning);
  const combined = alike && combine(alike.old, alike.new);
  const asRead = alike?.old === oldBundle && alike.new === newBundle ? combined : undefined;
  const judged = combined
    ? judgeChanges(combined, { old: oldBundle, new: newBundle }, whole, { ...changesOptions, producers })
    : [];
  const rest = wholeDocumentChange(oldBundle, newBundle, whole, judged);
  const isLate = changesBudget.expired?.() ?? false;
  const otherwise = isLate
    ? undefined
    : underOtherProducers(mode, producers, whole, {
        decide: (assumed, direction) =>
          direction === 'backward' ? decide(oldBundle, newBundle, assumed) : decide(newBundle, oldBundle, assumed),
        isWrittenClosed: (direction, document) =>
          asRead !== undefined && isWrittenClosed(asRead, direction === 'backward' ? asRead.old : asRead.new, document),
      });
  return {
    ...whole,
    changes: [...forbidden, ...judged, ...rest],
    mode,
    verdict,
    producers,
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function isCompatible({ verdict }: Verdict): boolean {
  return verdict === 'compatible';
}

interface Whole {
  readonly backward: Verdict;
  readonly forward: Verdict;
}

/**
 * A direction that holds for the whole pair holds for each change of it. Else each change is tried alone; when there is only one,
 * it is the pair.
 */
function judgeChanges(
  combined: Combined,
  versions: { old: SchemaBundle; new: SchemaBundle },
  whole: Whole,
  options: JudgeOptions,
): Change[] {
  const judge = new Judge(combined, versions, options);
  const isSettled = whole.backward.verdict === 'compatible' && whole.forward.verdict === 'compatible';
  const found = walk(combined, (pair) => isSettled || judge.sameMeaning(pair));
  const weighty = found.filter(({ difference }) => difference.apply.length > 0);
  const changes = found.map((one) => {
    const verdicts = { backward: verdictOn(one, 'backward'), forward: verdictOn(one, 'forward') };
    return describeChange(combined, one, verdicts);
  });
  return changes.sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);

  function verdictOn(one: Found, direction: 'backward' | 'forward'): Verdict {
    if (whole[direction].verdict === 'compatible' || one.difference.apply.length === 0)
      return { verdict: 'compatible' };
    return weighty.length === 1 ? whole[direction] : judge[direction](one);
  }
}
