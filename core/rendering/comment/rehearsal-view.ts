import { shareInterval } from '../../impact/interval.ts';
import type { Rehearsal, Rehearsed } from '../../impact/rehearsal.ts';
import { countOf, formatCount } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { signs } from './headline.ts';
import { aboutSeconds } from './impact-duration.ts';

/** What a report says of a rehearsal; undefined when nobody asked for one. */
export function rehearsalView(rehearsal: Rehearsal | undefined) {
  if (rehearsal === undefined) return undefined;
  const line = rehearsalLine(rehearsal);
  if (rehearsal.status === 'not-rehearsed') return { line, isTried: false };
  const { failures, examples, tried, succeeded } = rehearsal;
  return {
    line,
    isTried: true,
    sign: succeeded === tried ? signs.good : signs.bad,
    failures: failures.map(({ key, violations, record }) => ({
      key,
      reasons: violations.slice(0, 3).map(({ at, message }) => ({ at: at === '' ? 'the record' : at, message })),
      record,
    })),
    hiddenFailures: Math.max(0, tried - succeeded - failures.length),
    examples: examples.map(({ key, differences, before, after }) => ({
      key,
      before,
      after,
      hasValues: before !== undefined,
      differences: differences.map((each) => ({
        at: each.at === '' ? 'the record' : each.at,
        before: each.before ?? 'nothing',
        after: each.after ?? 'nothing',
      })),
    })),
  };
}

/** `1,000 of 1,000 records converted and valid …` in one line. */
export function rehearsalLine(rehearsal: Rehearsal): string {
  if (rehearsal.status === 'not-rehearsed') return sentence(`not rehearsed: ${rehearsal.reason}`);
  const { tried, succeeded, complete, invalidBefore } = rehearsal;
  if (tried === 0) return 'there is no record to try.';
  const before =
    invalidBefore > 0
      ? ` (${formatCount(invalidBefore)} of the others ${invalidBefore === 1 ? 'was' : 'were'} invalid before)`
      : '';
  const which = complete ? `${countOf(tried, 'record')}, all there ${tried === 1 ? 'is' : 'are'},` : drawnOf(rehearsal);
  const columns = rehearsal.areRows === true ? '; whether the new columns hold them, a run tries before it writes' : '';
  return `${formatCount(succeeded)} of ${which} converted and valid${before}${intervalOf(rehearsal)}${durationOf(rehearsal)}${columns}.`;
}

function drawnOf({ tried, sample, stopped }: Rehearsed): string {
  if (sample !== undefined) return countOf(tried, 'sampled record');
  return `the first ${countOf(tried, 'record')}${stopped === 'time' ? ' until the time limit' : ''}`;
}

/** The share of all records that the sample speaks for; the first records speak for themselves only. */
function intervalOf({ tried, succeeded, complete, sample }: Rehearsed): string {
  if (complete || sample === undefined) return '';
  const { lower, upper } = shareInterval(succeeded / tried, sample.effective);
  const least = percent(lower, Math.floor);
  return upper === 1
    ? `, so at least ${least} of all (95 %)`
    : `, so ${least} to ${percent(upper, Math.ceil)} of all (95 %)`;
}

function percent(share: number, round: (value: number) => number): string {
  return `${round(share * 10_000) / 100} %`;
}

/** Fewer are over before a clock tells anything. */
const leastMeasured = 200;
/** Seconds from which on it is worth saying. */
const long = 10;

function durationOf({ tried, complete, population, rate }: Rehearsed): string {
  const records = complete ? tried : population;
  if (rate === undefined || records === undefined || tried < leastMeasured || records / rate < long) return '';
  return `; ${aboutSeconds(records / rate)} for all at ${formatCount(Number(rate.toPrecision(2)))} records a second, an estimate without the writing`;
}
