import { decideInclusion } from '../compatibility/inclusion/decide.ts';
import { loneBundle } from '../schema/bundle.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import { parseSchema } from '../schema/parse.ts';
import { decimalPattern } from './decimal-text.ts';

/** What a schema may say of texts that is understood here; leaving the rest out only allows more. */
const textKeywords = ['pattern', 'minLength', 'maxLength', 'enum', 'const'] as const;

/** Whether every decimal number that a schema allows as text is proved to be 0 or more: none of them begins with a minus. */
export function neverNegative(schema: Json): boolean {
  // Up to draft-07 a `$ref` silences what stands beside it.
  if (!isObject(schema) || own(schema, '$ref') !== undefined) return false;
  const said = textKeywords.flatMap((name) => {
    const value = own(schema, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (said.length === 0) return false;
  const texts = { allOf: [Object.fromEntries(said), { type: 'string', pattern: decimalPattern }] };
  const verdict = decideInclusion(bundleOf(texts), bundleOf({ pattern: '^[0-9]' }), { formatAssertion: false });
  return verdict.verdict === 'compatible';
}

function bundleOf(schema: Json) {
  return loneBundle(parseSchema({ path: 'text', text: JSON.stringify(schema) }, { defaultDialect: 'draft-07' }));
}
