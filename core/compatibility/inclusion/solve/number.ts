import { canonicalJson } from '../../../schema/canonical.ts';
import type { Formula } from '../atom.ts';
import { isMultiple } from '../multiple.ts';
import {
  add,
  compare,
  divide,
  floor,
  isInteger,
  leastCommonMultiple,
  multiply,
  one,
  type Rational,
  rationalOf,
  reduce,
  toNumber,
  zero,
} from '../rational.ts';
import { found, none, type Outcome, unknown } from './outcome.ts';

interface Range {
  readonly low: Rational | undefined;
  readonly lowOpen: boolean;
  readonly high: Rational | undefined;
  readonly highOpen: boolean;
}

interface Question extends Range {
  /** All values are multiples of it. */
  readonly step: Rational | undefined;
  readonly notMultiples: readonly Rational[];
  readonly refused: readonly ReadonlyMap<string, unknown>[];
}

const maxTries = 5000;
const disputed = unknown('validators compute multipleOf in floating point, which is not exact here');

/** A number that satisfies all literals. The bounds and steps are exact; the number found is one that a double holds. */
export function solveNumber(literals: Iterable<Formula>, type: 'integer' | 'fraction'): Outcome {
  const question = gather(literals, type);
  const { low, high, lowOpen, highOpen, step, notMultiples } = question;
  if (low && high) {
    const order = compare(low, high);
    if (order > 0 || (order === 0 && (lowOpen || highOpen))) return none;
  }
  if (step === undefined) return solveDense(question);
  for (const other of notMultiples) {
    if (!isInteger(divide(step, other))) continue;
    return floatsAgree(question, step, other) ? none : disputed;
  }
  return solveSteps(question, step);
}

function gather(literals: Iterable<Formula>, type: 'integer' | 'fraction'): Question {
  let low: Rational | undefined;
  let lowOpen = false;
  let high: Rational | undefined;
  let highOpen = false;
  let step: Rational | undefined = type === 'integer' ? one : undefined;
  const notMultiples: Rational[] = type === 'fraction' ? [one] : [];
  const refused: ReadonlyMap<string, unknown>[] = [];
  for (const literal of literals) {
    const positive = literal.kind === 'leaf';
    const atom =
      literal.kind === 'leaf'
        ? literal.leaf
        : literal.kind === 'not' && literal.of.kind === 'leaf'
          ? literal.of.leaf
          : undefined;
    if (atom?.is === 'above' && positive) {
      const order = low ? compare(atom.value, low) : 1;
      if (order > 0) [low, lowOpen] = [atom.value, !atom.inclusive];
      else if (order === 0) lowOpen ||= !atom.inclusive;
    } else if (atom?.is === 'above') {
      const order = high ? compare(atom.value, high) : -1;
      if (order < 0) [high, highOpen] = [atom.value, atom.inclusive];
      else if (order === 0) highOpen ||= atom.inclusive;
    } else if (atom?.is === 'multiple') {
      if (positive) step = step ? leastCommonMultiple(step, atom.of) : atom.of;
      else notMultiples.push(atom.of);
    } else if (atom?.is === 'member' && !positive) {
      refused.push(atom.values);
    }
  }
  return { low, lowOpen, high, highOpen, step, notMultiples, refused };
}

/**
 * Whether floating-point division sees that the multiples of `step` between the bounds are multiples of `of`. Exact arithmetic is
 * right, but a proof that the validators of this world contradict helps nobody: so where binary cannot hold a fraction, many multiples
 * are tried, up to the bounds. All others divide exactly.
 */
function floatsAgree({ low, high }: Range, step: Rational, of: Rational): boolean {
  if (isBinary(step) && isBinary(of)) return true;
  const least = low ? toNumber(low) : Number.NEGATIVE_INFINITY;
  const most = high ? toNumber(high) : Number.POSITIVE_INFINITY;
  const first = least > 0 || most < 0 ? ceiling(divide(least > 0 ? (low ?? zero) : (high ?? zero), step)) : 0n;
  return multiplesToTry.every((times) =>
    [first + times, first - times].every((at) => {
      const value = toNumber(multiply(whole(at), step));
      return value < least || value > most || isMultiple(value, of) === true;
    }),
  );
}

function isBinary({ denominator }: Rational): boolean {
  return (denominator & (denominator - 1n)) === 0n;
}

/** The first thousand, and then ever farther: up to where a double has long lost its fractions. */
const multiplesToTry: readonly bigint[] = [
  ...Array.from({ length: 1000 }, (_, at) => BigInt(at)),
  ...Array.from({ length: 24 }, (_, power) => 10n ** BigInt(power) + 1n),
];

/** Multiples of `step`, those near zero first. */
function solveSteps(question: Question, step: Rational): Outcome {
  const { low, high, lowOpen, highOpen } = question;
  const first = low && ceiling(divide(low, step));
  const last = high && floor(divide(high, step));
  const from =
    first !== undefined && low && lowOpen && compare(multiply(whole(first), step), low) === 0 ? first + 1n : first;
  const to =
    last !== undefined && high && highOpen && compare(multiply(whole(last), step), high) === 0 ? last - 1n : last;
  if (from !== undefined && to !== undefined && from > to) return none;
  const start = from !== undefined && from > 0n ? from : to !== undefined && to < 0n ? to : 0n;
  let inexact = false;
  let isUnclear = false;
  let tries = 0;
  for (let distance = 0n; tries < maxTries; distance += 1n) {
    const candidates = distance === 0n ? [start] : [start + distance, start - distance];
    const inside = candidates.filter((at) => (from === undefined || at >= from) && (to === undefined || at <= to));
    if (inside.length === 0 && isUnclear) return disputed;
    if (inside.length === 0) return inexact ? unknown('no floating-point number fits between the bounds') : none;
    for (const at of inside) {
      tries += 1;
      const value = multiply(whole(at), step);
      isUnclear ||= isDisputed(question, value);
      if (!fits(question, value)) continue;
      if (isExact(value)) return found(toNumber(value));
      inexact = true;
    }
  }
  return unknown('too many numbers to try');
}

/** Any number between the bounds: there is always another one between two, so only the search can fail. */
function solveDense(question: Question): Outcome {
  const { low, high, lowOpen, highOpen } = question;
  if (low && high && compare(low, high) === 0) {
    if (isDisputed(question, low)) return disputed;
    if (!fits(question, low)) return none;
    return isExact(low) && !lowOpen && !highOpen
      ? found(toNumber(low))
      : unknown('no floating-point number fits between the bounds');
  }
  const anchor = low ?? (high ? add(high, reduce(-1n, 1n)) : zero);
  for (const parts of [
    1n,
    2n,
    4n,
    5n,
    8n,
    10n,
    16n,
    20n,
    64n,
    100n,
    1000n,
    4096n,
    10_000n,
    1_000_000n,
    2n ** 30n,
    10n ** 12n,
    2n ** 45n,
  ]) {
    const base = floor(multiply(anchor, whole(parts)));
    for (let offset = -2n; offset <= 24n; offset += 1n) {
      const value = reduce(base + offset, parts);
      if (isInside(question, value) && fits(question, value) && isExact(value)) return found(toNumber(value));
    }
  }
  return unknown('no number was found between the bounds');
}

function isInside({ low, high, lowOpen, highOpen }: Range, value: Rational): boolean {
  const above = low === undefined ? 1 : compare(value, low);
  const below = high === undefined ? 1 : compare(high, value);
  return (above > 0 || (above === 0 && !lowOpen)) && (below > 0 || (below === 0 && !highOpen));
}

function fits({ notMultiples, refused }: Question, value: Rational): boolean {
  if (notMultiples.some((of) => isInteger(divide(value, of)))) return false;
  // A number that no double holds equals none of the values that were read.
  if (!isExact(value)) return true;
  const key = canonicalJson(toNumber(value));
  return !refused.some((values) => values.has(key));
}

/** Whether a number is ruled out as a multiple that validators do not see. */
function isDisputed({ notMultiples }: Question, value: Rational): boolean {
  return isExact(value) && notMultiples.some((of) => isMultiple(toNumber(value), of) === undefined);
}

function isExact(value: Rational): boolean {
  const double = toNumber(value);
  return Number.isFinite(double) && compare(rationalOf(double), value) === 0;
}

function whole(value: bigint): Rational {
  return { numerator: value, denominator: 1n };
}

function ceiling(value: Rational): bigint {
  const down = floor(value);
  return isInteger(value) ? down : down + 1n;
}
