/** An exact fraction in lowest terms with a positive denominator: bounds and `multipleOf` must never meet a float. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

/** The decimal number that JavaScript prints for a double: `0.1` is one tenth, as it was written. */
export function rationalOf(value: number): Rational {
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) throw new Error('not a finite number');
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(sign + whole + fraction);
  const power = Number(exponent) - fraction.length;
  return power >= 0 ? reduce(digits * 10n ** BigInt(power), 1n) : reduce(digits, 10n ** BigInt(-power));
}

export function reduce(numerator: bigint, denominator: bigint): Rational {
  if (denominator < 0n) return reduce(-numerator, -denominator);
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The nearest double; the caller checks that nothing was lost. */
export function toNumber({ numerator, denominator }: Rational): number {
  if (denominator === 1n) return Number(numerator);
  const direct = Number(numerator) / Number(denominator);
  if (Number.isFinite(direct) && direct !== 0) return direct;
  return Number(`${(numerator * 10n ** 40n) / denominator}e-40`);
}

export function compare(left: Rational, right: Rational): number {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function add(left: Rational, right: Rational): Rational {
  return reduce(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

export function multiply(left: Rational, right: Rational): Rational {
  return reduce(left.numerator * right.numerator, left.denominator * right.denominator);
}

export function divide(left: Rational, right: Rational): Rational {
  return reduce(left.numerator * right.denominator, left.denominator * right.numerator);
}

export function isInteger({ denominator }: Rational): boolean {
  return denominator === 1n;
}

/** The greatest integer that is not above. */
export function floor({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** The smallest number that is a multiple of both. */
export function leastCommonMultiple(left: Rational, right: Rational): Rational {
  const numerator = (left.numerator / greatestCommonDivisor(left.numerator, right.numerator)) * right.numerator;
  return reduce(numerator < 0n ? -numerator : numerator, greatestCommonDivisor(left.denominator, right.denominator));
}

export function formatRational({ numerator, denominator }: Rational): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let a = left < 0n ? -left : left;
  let b = right < 0n ? -right : right;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
