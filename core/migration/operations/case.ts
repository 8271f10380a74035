import { isObject, type Json, own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { enumerated, jsonTypes, possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

/**
 * `case: { at: /country, to: upper }` writes the letters A to Z of a text large or small. Other letters stay: what their
 * case is depends on a server's locale. A value that is no text stays as it is.
 */
export const caseKind = defineKind<{ at: string; to: 'upper' | 'lower' }>({
  name: 'case',
  arguments: {
    type: 'object',
    required: ['at', 'to'],
    properties: { at: addressSchema, to: { enum: ['upper', 'lower'] } },
    additionalProperties: false,
  },
  create: ({ at, to }) => changeCase(memberAt(at), to),
});

export function changeCase(member: Member, to: 'upper' | 'lower'): Operation {
  const [from, into] = to === 'upper' ? [lower, upper] : [upper, lower];
  const convert = (value: Json): Json =>
    typeof value === 'string' ? value.replaceAll(/[A-Za-z]/g, (letter) => into[from.indexOf(letter)] ?? letter) : value;
  return {
    name: 'case',
    source: { case: { at: member.pointer, to } },
    summary: `write ${member.label} in ${to} case`,
    ...changeValue(member, {
      convert,
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'string' THEN to_jsonb(translate(${text}, '${from}', '${into}')) ELSE ${value} END`,
      refusal: 'cannot be written in another case',
    }),
    inverse: { loses: `the case in which ${member.label} was written` },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const before = resolve(state.schema);
        const values = enumerated(before);
        const after: Json = values ? { enum: [...new Set(values.map(convert))] } : casedSchema(before);
        return parent.with(member.name, { ...state, schema: after });
      }),
  };
}

/** Of texts, only their length is still known. */
function casedSchema(before: Json): Json {
  const possible = possibleTypes(before);
  if (!possible.has('string') || !isObject(before)) return before;
  const others = jsonTypes.filter((type) => type !== 'string' && possible.has(type));
  const kept = ['minLength', 'maxLength'].flatMap((keyword) => {
    const value = Object.hasOwn(before, '$ref') ? undefined : own(before, keyword);
    return value === undefined ? [] : [[keyword, value] as const];
  });
  const text = { type: 'string', ...Object.fromEntries(kept) };
  return others.length === 0 ? text : { anyOf: [text, { allOf: [before, { not: { type: 'string' } }] }] };
}
