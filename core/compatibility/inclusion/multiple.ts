import { divide, isInteger, type Rational, rationalOf, toNumber } from './rational.ts';

/** Undefined where division in floating point, as validators do it, contradicts exact arithmetic. */
export function isMultiple(value: number, of: Rational): boolean | undefined {
  const exact = isInteger(divide(rationalOf(value), of));
  const quotient = value / toNumber(of);
  // ajv compares the quotient with its own digits, which become `1e+21` there.
  const seen = Number.isInteger(quotient) && Math.abs(quotient) < 1e21;
  return exact === seen ? exact : undefined;
}
