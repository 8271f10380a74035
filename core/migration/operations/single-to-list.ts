import type { Json } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/**
 * `single-to-list: { at: /phone }` makes a list of one of every value that is no list yet. Lists, null and a missing member
 * stay as they are. Where no value is a list yet, `wrap` does the same and can be undone.
 */
export const singleToListKind = defineKind<{ at: string }>({
  name: 'single-to-list',
  arguments: { type: 'object', required: ['at'], properties: { at: addressSchema }, additionalProperties: false },
  create: ({ at }) => singleToList(memberAt(at)),
});

export function singleToList(member: Member): Operation {
  return {
    name: 'single-to-list',
    source: { 'single-to-list': { at: member.pointer } },
    summary: `make a list of every ${member.label} that is none`,
    ...changeValue(member, {
      convert: (value) => (value === null || Array.isArray(value) ? value : [value]),
      sql: (value) =>
        `CASE WHEN jsonb_typeof(${value}) IN ('array', 'null') THEN ${value} ELSE jsonb_build_array(${value}) END`,
      refusal: 'cannot be in a list',
    }),
    inverse: { loses: `which values of ${member.label} were lists already` },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const after = listed(state.schema, resolve(state.schema));
        return parent.with(member.name, { ...state, schema: after });
      }),
  };
}

/** `resolved`: what a reference in the schema names, as far as that is understood. */
function listed(schema: Json, resolved: Json): Json {
  const possible = possibleTypes(resolved);
  const stays = ['array' as const, 'null' as const].filter((type) => possible.has(type));
  if (stays.length === possible.size) return schema;
  const items = stays.length === 0 ? schema : { allOf: [schema, { not: { type: stays } }] };
  const made = { type: 'array', items, minItems: 1, maxItems: 1 };
  return stays.length === 0 ? made : { anyOf: [made, { allOf: [schema, { type: stays }] }] };
}
