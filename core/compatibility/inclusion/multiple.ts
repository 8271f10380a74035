import { divide, isInteger, type Rational, rationalOf, toNumber } from './rational.ts';

/** Undefined where division in floating point, as validators do it, contradicts exact arithmetic. */
export function isMultiple(value: number, of: Rational): boolean | undefined {
  const exact = isInteger(divide(rationalOf(value), of));
  return exact === Number.isInteger(value / toNumber(of)) ? exact : undefined;
}
