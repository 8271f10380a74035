import type { SchemaBundle } from '../../../schema/document.ts';
import type { Json } from '../../../schema/json.ts';
import type { Validator, ValidatorOptions } from '../../../schema/validator.ts';
import { ValidatorUnavailable } from '../../../schema/validator-unavailable.ts';
import { judgeOf } from '../../judging/judge-of.ts';
import type { Verdict, Violation } from '../../verdict.ts';
import { improve } from './improve.ts';

/**
 * Asks ajv on both sides about a value that the engine found; what it confirms is made smaller and more familiar. `refused`: ajv does
 * not agree that the value is a witness. `improved`: how it is made smaller.
 */
export function confirm(
  left: SchemaBundle,
  right: SchemaBundle,
  value: Json,
  options: ValidatorOptions,
  improved: typeof improve = improve,
): Verdict | 'refused' {
  try {
    const violationOf = (candidate: Json): Violation | undefined => {
      const problems = validator(left, options)(candidate);
      return problems.length > 0 ? undefined : validator(right, options)(candidate)[0];
    };
    const found = violationOf(value);
    if (found === undefined) return 'refused';
    const witness = improved(value, [left, right], (candidate) => violationOf(candidate) !== undefined);
    return { verdict: 'breaking', witness, violation: violationOf(witness) ?? found };
  } catch (error) {
    // ajv's deep comparison calls `toString` of the document's objects, which may be a property of theirs.
    if (!(error instanceof ValidatorUnavailable || error instanceof TypeError)) throw error;
    return { verdict: 'undecided', reason: error.message, pointer: '' };
  }
}

const kept = new WeakMap<SchemaBundle, Map<string, Validator>>();

function validator(bundle: SchemaBundle, { formatAssertion, contentAssertion = false }: ValidatorOptions): Validator {
  const key = `${formatAssertion} ${contentAssertion}`;
  const byOption = kept.get(bundle) ?? new Map<string, Validator>();
  kept.set(bundle, byOption);
  const made = byOption.get(key) ?? judgeOf(bundle, { formatAssertion, contentAssertion });
  byOption.set(key, made);
  return made;
}
