import { canonicalJson } from '../../../schema/canonical.ts';
import type { SchemaDocument } from '../../../schema/document.ts';
import { isObject, type Json, own } from '../../../schema/json.ts';
import { keywordsOf } from '../../../schema/keywords.ts';
import { appendPointer } from '../../../schema/pointer.ts';
import { valueAt } from '../../../schema/references.ts';
import { numberConstraint } from '../keywords/number-constraint.ts';
import type { Constraint } from '../node.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import { add, multiply, type Rational, rationalOf, reduce } from '../rational.ts';
import type { Location } from './location.ts';

const reason = 'a number here is more exact than JavaScript can hold';

/**
 * What a keyword asks whose number JavaScript has changed in reading it; undefined when it has not. Such a number is only known to mean the
 * same as the same digits at the same keyword. A bound is also known to lie close to what was read: whatever is far from it is decided.
 */
export function inexactConstraint({ document, pointer, value }: Location, name: string): Constraint | undefined {
  if (document.inexactNumbers.length === 0 || keywordsOf(document.dialect).get(name)?.shape !== 'value')
    return undefined;
  const at = appendPointer(pointer, name);
  const places = document.inexactNumbers.filter((other) => other === at || other.startsWith(`${at}/`));
  const given = isObject(value) ? own(value, name) : undefined;
  if (places.length === 0 || given === undefined) return undefined;
  const literals = places.map((place) => [place.slice(at.length), literalOf(document, place)]);
  const flags = ['exclusiveMinimum', 'exclusiveMaximum'].map((flag) => isObject(value) && own(value, flag) === true);
  const key = literals.some(([, literal]) => literal === undefined)
    ? Symbol(at)
    : `inexact ${name} ${canonicalJson(given)} ${JSON.stringify([literals, flags])}`;
  const unknown = opaqueConstraint(key, reason, at);
  const isLower = name === 'minimum' || name === 'exclusiveMinimum';
  const isUpper = name === 'maximum' || name === 'exclusiveMaximum';
  if (!(isLower || isUpper) || typeof given !== 'number' || !Number.isFinite(given) || given === 0) return unknown;
  const [low, high] = around(rationalOf(given));
  return numberConstraint(`near ${unknown.key}`, (formulas) => {
    const { algebra } = formulas;
    const [below, above] = [algebra.not(formulas.above(low, true)), formulas.above(high, false)];
    const near = unknown.formula('integer', formulas);
    return isLower
      ? algebra.or([above, algebra.and([algebra.not(below), near])])
      : algebra.or([below, algebra.and([algebra.not(above), near])]);
  });
}

/** The digits in the file; undefined when they are not those that were read, as where a part was put in from elsewhere. */
function literalOf(document: SchemaDocument, place: string): string | undefined {
  const literal = document.literalOf?.(place);
  const read: Json | undefined = valueAt(document.value, place);
  return literal !== undefined && Number(literal) === read ? literal : undefined;
}

/** Farther from a double than any number that rounds to it. */
function around(value: Rational): [Rational, Rational] {
  const size: Rational = value.numerator < 0n ? reduce(-value.numerator, value.denominator) : value;
  const margin = multiply(size, reduce(1n, 2n ** 50n));
  return [add(value, reduce(-margin.numerator, margin.denominator)), add(value, margin)];
}
