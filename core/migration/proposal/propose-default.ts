import { isObject, type Json, own } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { enumerated, onlyValue } from '../json-types.ts';
import { placeholder } from '../placeholder.ts';
import type { Draft } from './propose-operations.ts';

/**
 * A value for records that lack what is now required: the schema's `default`, or the only value it allows. Its first
 * enum value and its examples are only mentioned: a policy number made up for a real claim would be worse than a question.
 */
export function proposeDefault(schema: Json, path: readonly string[]): Draft {
  const at = formatPointer(path);
  const label = path.join('.');
  const told = isObject(schema) ? own(schema, 'default') : undefined;
  const value = told ?? onlyValue(schema);
  if (value !== undefined) return { operations: [{ default: { at, value } }], gaps: [] };
  const examples = isObject(schema) ? own(schema, 'examples') : undefined;
  const values = enumerated(schema) ?? [];
  const offers = values.length > 0 ? values : Array.isArray(examples) ? examples : [];
  const such =
    offers.length > 0
      ? ` (the schema offers ${offers
          .slice(0, 3)
          .map((offer) => JSON.stringify(offer))
          .join(', ')})`
      : '';
  return {
    operations: [{ default: { at, value: placeholder(`${label} of records that lack it`) } }],
    gaps: [`Which ${label} records get that lack it${such}.`],
  };
}
