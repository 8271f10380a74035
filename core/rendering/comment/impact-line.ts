import type { Change } from '../../compatibility/change.ts';
import type { CountedImpact, Impact } from '../../impact/impact.ts';
import { estimate, type RecordCount, readingTime, recordsTouched } from '../../impact/record-count.ts';
import { countOf, formatCount, formatShare } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { aboutSeconds } from './impact-duration.ts';

/**
 * What counting found, in one sentence, and how long reading takes where that is long.
 * @param options.isRehearsed a rehearsal knows better how long it takes
 */
export function impactLine(impact: Impact | undefined, { isRehearsed = false } = {}): string | undefined {
  if (!impact) return undefined;
  if (impact.status === 'unknown') return sentence(`not counted: ${impact.reason}`);
  return [foundLine(impact), isRehearsed ? undefined : durationLine(impact)]
    .filter((line) => line !== undefined)
    .join(' ');
}

function foundLine(impact: CountedImpact): string {
  const { scanned, complete, failing, sample } = impact;
  const before = beforeOf(impact);
  const verb = failing === 1 ? 'does' : 'do';
  if (!complete) {
    const touched = recordsTouched(impact);
    if (sample !== undefined && touched !== undefined) return sampledLine(impact, touched);
    const limit = impact.stopped === 'time' ? ' that were read until the time limit' : '';
    const rest =
      impact.population === undefined
        ? 'the rest was not counted'
        : `the table has about ${formatCount(impact.population)}`;
    return `at least ${countOf(failing, 'record')} of the first ${formatCount(scanned)}${limit} ${verb} not fit${before}; ${rest}.`;
  }
  if (failing === scanned && failing > 0) return `none of the ${countOf(scanned, 'record')} fits${before}.`;
  if (failing === 0) return `all ${countOf(scanned, 'record')} fit already.`;
  return `${formatCount(failing)} of ${countOf(scanned, 'record')} (${formatShare(failing, scanned)}) ${verb} not fit${before}.`;
}

function sampledLine(impact: CountedImpact, { count, lower, upper }: RecordCount): string {
  const { scanned, failing, sample, population = scanned } = impact;
  const drawn = `${countOf(scanned, 'record')} in ${countOf(sample?.blocks ?? 0, 'block')} of the table, drawn at random`;
  if (failing === 0) {
    return `none of ${drawn}, fails: at most ${formatCount(outwards(upper ?? population, Math.ceil))} of about ${formatCount(population)} do not fit (95 %).`;
  }
  if (failing === scanned) {
    return `all of ${drawn}, fail${beforeOf(impact)}: at least ${formatCount(outwards(lower, Math.floor))} of about ${formatCount(population)} do not fit (95 %).`;
  }
  return `about ${formatCount(rounded(count))} (${range(lower, upper)}, 95 %) of about ${formatCount(population)} records do not fit${beforeOf(impact)}; estimated from ${drawn}, which the interval allows for.`;
}

/** Of the failing records that were seen. */
function beforeOf({ invalidBefore, complete }: CountedImpact): string {
  if (invalidBefore === 0) return '';
  const whose = complete ? 'of them' : 'of those seen';
  return ` (${formatCount(invalidBefore)} ${whose} ${invalidBefore === 1 ? 'breaks' : 'break'} the old version as well)`;
}

/** Seconds from which on it is worth saying. */
const long = 10;

function durationLine(impact: CountedImpact): string | undefined {
  const seconds = readingTime(impact);
  if (seconds === undefined || seconds < long || impact.rate === undefined) return undefined;
  return `To read and validate all of them takes ${aboutSeconds(seconds)} at the ${formatCount(rounded(impact.rate))} records a second measured here: an estimate, and a migration also writes.`;
}

/** How many records one change touches, for a cell of a table. */
export function recordsOf(change: Change, impact: CountedImpact, passes: boolean): string {
  const touched = impact.byChange.get(change) ?? 0;
  const { scanned, complete, sample } = impact;
  if (touched === 0 && (complete || passes)) return '0';
  if (complete) return `${formatCount(touched)} (${formatShare(touched, scanned)})`;
  if (sample === undefined) {
    return touched === 0
      ? `none of the first ${formatCount(scanned)}`
      : `at least ${formatCount(touched)}, among the first ${formatCount(scanned)}`;
  }
  if (touched === 0) return `none of ${formatCount(scanned)} drawn`;
  return `about ${formatCount(rounded(estimate(impact, touched).count))} (${formatShare(touched, scanned)} of ${formatCount(scanned)} drawn)`;
}

function range(lower: number, upper: number | undefined): string {
  return `${formatCount(outwards(lower, Math.floor))}–${upper === undefined ? '?' : formatCount(outwards(upper, Math.ceil))}`;
}

/** An estimate is not known to more than three digits. */
function rounded(count: number): number {
  return Number(count.toPrecision(3));
}

/** As `rounded`, but never to a narrower interval. */
function outwards(count: number, round: (value: number) => number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2);
  return round(count / unit) * unit;
}
