import type { SchemaBundle } from '../../../schema/document.ts';
import type { Json } from '../../../schema/json.ts';
import { type Validator, validatorFor } from '../../../schema/validator.ts';
import { ValidatorUnavailable } from '../../../schema/validator-unavailable.ts';
import type { Verdict } from '../../verdict.ts';

/** Asks ajv on both sides about a value that the engine found. */
export function confirm(
  left: SchemaBundle,
  right: SchemaBundle,
  value: Json,
  options: { formatAssertion: boolean },
): Verdict {
  try {
    const problems = validator(left, options.formatAssertion)(value);
    const [violation] = problems.length > 0 ? [] : validator(right, options.formatAssertion)(value);
    if (violation) return { verdict: 'breaking', witness: value, violation };
  } catch (error) {
    // ajv's deep comparison calls `toString` of the document's objects, which may be a property of theirs.
    if (!(error instanceof ValidatorUnavailable || error instanceof TypeError)) throw error;
    return { verdict: 'undecided', reason: error.message, pointer: '' };
  }
  return {
    verdict: 'undecided',
    reason: `ajv does not agree that ${JSON.stringify(value).slice(0, 200)} shows a break`,
    pointer: '',
  };
}

const kept = new WeakMap<SchemaBundle, Map<boolean, Validator>>();

function validator(bundle: SchemaBundle, formatAssertion: boolean): Validator {
  const byOption = kept.get(bundle) ?? new Map<boolean, Validator>();
  kept.set(bundle, byOption);
  const made = byOption.get(formatAssertion) ?? validatorFor(bundle, { formatAssertion });
  byOption.set(formatAssertion, made);
  return made;
}
