import { isObject, type Json, own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { itemSchema } from '../item-schema.ts';
import { possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { singleToList } from './single-to-list.ts';

type Take = 'first' | 'last';
/** What becomes of an empty list. */
type Empty = 'refuse' | null;

/**
 * `list-to-single: { at: /phones, take: first }` keeps one item of a list and forgets the others; `last` is the other choice.
 * An empty list is refused, or becomes null with `empty: null`. What is no list stays as it is. Where every list
 * has one item, `unwrap` does the same and loses nothing.
 */
export const listToSingleKind = defineKind<{ at: string; take?: Take; empty?: Empty }>({
  name: 'list-to-single',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, take: { enum: ['first', 'last'] }, empty: { enum: ['refuse', null] } },
    additionalProperties: false,
  },
  create: ({ at, take, empty }) => listToSingle(memberAt(at), take, empty),
});

export function listToSingle(member: Member, take: Take = 'first', empty: Empty = 'refuse'): Operation {
  return {
    name: 'list-to-single',
    source: { 'list-to-single': { at: member.pointer, take, ...(empty === 'refuse' ? {} : { empty }) } },
    summary: `keep the ${take} item of ${member.label}`,
    ...changeValue(member, {
      convert(value) {
        if (!Array.isArray(value)) return value;
        return value.length > 0 ? value.at(take === 'first' ? 0 : -1) : empty === null ? null : undefined;
      },
      sql: (value) =>
        `CASE jsonb_typeof(${value}) WHEN 'array' THEN CASE WHEN jsonb_array_length(${value}) > 0 THEN ${value} -> ${take === 'first' ? '0' : '-1'} ${empty === null ? `ELSE 'null'::jsonb ` : ''}END ELSE ${value} END`,
      refusal: 'is an empty list',
    }),
    ...(empty === 'refuse'
      ? {
          accepts: {
            schema: membersSchema(member.segments, { minItems: 1 }),
            statement: `no ${member.label} is an empty list`,
          },
        }
      : {}),
    get inverse() {
      return { loses: `all items of ${member.label} but the ${take}`, nearest: singleToList(member) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const after = taken(state.schema, resolve(state.schema), empty);
        return parent.with(member.name, { ...state, schema: after });
      }),
  };
}

function taken(schema: Json, resolved: Json, empty: Empty): Json {
  const possible = possibleTypes(resolved);
  if (!possible.has('array')) return schema;
  const least = isObject(resolved) ? own(resolved, 'minItems') : undefined;
  const branches: Json[] = [itemSchema(resolved)];
  if (possible.size > 1) branches.push({ allOf: [schema, { not: { type: 'array' } }] });
  if (empty === null && !(typeof least === 'number' && least > 0)) branches.push({ type: 'null' });
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only : { anyOf: branches };
}
