import { isObject, type Json, own } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import { itemSchema } from '../item-schema.ts';
import { changeParent, type Member, memberAt, valueSql, withMember, withValueSql } from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import { objectSchema } from '../object-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind, nameSchema } from '../operation-kind.ts';
import { quoteText } from '../sql-literal.ts';
import { wrap } from './wrap.ts';

/**
 * `unwrap: { at: /phones }` takes the only item out of a list; `unwrap: { at: /price, as: amount }` the only member out of
 * an object. A list of none or several, and an object with other members, are refused: something would be lost.
 */
export const unwrapKind = defineKind<{ at: string; as?: string }>({
  name: 'unwrap',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, as: nameSchema },
    additionalProperties: false,
  },
  create: ({ at, as }) => unwrap(memberAt(at), as),
});

/** Out of an object with the one member `as`; without, out of a list. */
export function unwrap(member: Member, as?: string): Operation {
  const container = as === undefined ? 'a list of one' : `an object with ${as} and nothing else`;
  return {
    name: 'unwrap',
    source: { unwrap: { at: member.pointer, ...(as === undefined ? {} : { as }) } },
    summary: as === undefined ? `take ${member.label} out of its list` : `take ${as} out of ${member.label}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const value = own(parent, member.name);
        if (value === undefined) return parent;
        const inner = onlyPart(value, as);
        if (inner === undefined) throw new ConversionError(member.pointer, `is not ${container}`);
        return withMember(parent, member.name, inner);
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const name = as === undefined ? '' : `${quoteText(as)}::text`;
      const [type, condition, inner] =
        as === undefined
          ? ['array', `jsonb_array_length(${value}) = 1`, `${value} -> 0`]
          : ['object', `${value} - ${name} = '{}'::jsonb AND ${value} <> '{}'::jsonb`, `${value} -> ${name}`];
      return `CASE WHEN ${value} IS NULL THEN ${document} WHEN jsonb_typeof(${value}) = '${type}' THEN CASE WHEN ${condition} THEN ${withValueSql(member, document, inner)} END END`;
    },
    accepts: {
      schema: membersSchema(
        member.segments,
        as === undefined
          ? { type: 'array', minItems: 1, maxItems: 1 }
          : { type: 'object', required: [as], maxProperties: 1 },
      ),
      statement: `every ${member.label} is ${container}`,
    },
    get inverse() {
      return { operation: wrap(member, as) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        return parent.with(member.name, { ...state, schema: partSchema(resolve(state.schema), as) });
      }),
  };
}

function onlyPart(value: Json, as: string | undefined): Json | undefined {
  if (as === undefined) return Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return isObject(value) && Object.keys(value).length === 1 ? own(value, as) : undefined;
}

function partSchema(schema: Json, as: string | undefined): Json {
  if (as === undefined) return itemSchema(schema);
  if (!isObject(schema)) return schema;
  // What patterns say of the member besides may be left out: that only makes the schema larger.
  const state = Object.hasOwn(schema, 'patternProperties') ? undefined : objectSchema(schema).state(as);
  return state === undefined ? {} : state.presence === 'never' ? { not: {} } : state.schema;
}
