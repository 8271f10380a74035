import { own } from '../../schema/json.ts';
import { type CastSource, castEffect, castSides } from '../cast-effect.ts';
import { type CastType, type Conversion, castTypes, conversions } from '../conversion.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import { changeParent, type Member, memberAt, textSql, valueSql, withMember, withValueSql } from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import type { Inverse, Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/**
 * `cast: { at: /claim_amount, from: string, to: number }` gives a member another type. A missing member and null stay as
 * they are. Without `from`, values that are of the target type already stay as they are too, and any type that can be
 * converted is; with it, only values of that type can be converted, which is what makes the way back exact. From `integer`,
 * 2.00 becomes the text `2`; from `number`, it becomes `2.00`, as it is stored.
 */
export const castKind = defineKind<{ at: string; to: CastType; from?: CastType }>({
  name: 'cast',
  arguments: {
    type: 'object',
    required: ['at', 'to'],
    properties: {
      at: addressSchema,
      to: { enum: castTypes },
      from: { enum: castTypes },
    },
    additionalProperties: false,
  },
  problem({ from, to }) {
    if (from === undefined || castSides(to, from).applicable.length > 0) return undefined;
    const possible = conversions[to].map((conversion) => conversion.from);
    return {
      at: '/from',
      problem: `There is no cast from ${from} to ${to}`,
      remedy: `Use one of: ${possible.join(', ')}`,
    };
  },
  create: ({ at, from, to }) => cast(memberAt(at), to, from),
});

export function cast(member: Member, to: CastType, from?: CastSource): Operation {
  const sides = castSides(to, from);
  const { applicable, keepsTarget } = sides;
  const target = to === 'integer' ? 'number' : to;
  const source = from === undefined ? '' : ` from ${from}`;
  return {
    name: 'cast',
    source: { cast: { at: member.pointer, ...(from === undefined ? {} : { from }), to } },
    summary: `cast ${member.label}${source} to ${to}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const value = own(parent, member.name);
        if (value === undefined || value === null) return parent;
        const type = Array.isArray(value) ? 'array' : typeof value;
        const conversion = applicable.find((candidate) => candidate.from === type);
        if (conversion === undefined) {
          if (keepsTarget && type === target) return parent;
          throw new ConversionError(member.pointer, `is of type ${type}, which is not cast to ${to}`);
        }
        const converted = conversion.convert(value as string | number | boolean);
        if (converted === undefined)
          throw new ConversionError(
            member.pointer,
            `is of type ${type}, but not ${conversion.must ?? `castable to ${to}`}`,
          );
        return withMember(parent, member.name, converted);
      }),
    toSql(document) {
      const text = textSql(member, document);
      const branches = applicable.map(
        (conversion) =>
          `WHEN '${conversion.from}' THEN CASE WHEN ${conversion.condition(text)} THEN ${withValueSql(member, document, conversion.value(text))} END`,
      );
      const made = new Set<string>(applicable.map((conversion) => conversion.from));
      const refused = ['string', 'number', 'boolean', 'object', 'array'].filter(
        (type) => !made.has(type) && !(keepsTarget && type === target),
      );
      // A missing member and null fall to ELSE, and so does a document that is NULL.
      return `CASE jsonb_typeof(${valueSql(member, document)}) ${branches.join(' ')} ${refused
        .map((type) => `WHEN '${type}' THEN NULL`)
        .join(' ')} ELSE ${document} END`;
    },
    ...precondition(member, to, applicable, keepsTarget),
    // A getter, since the inverse of a cast is a cast, without end.
    get inverse() {
      return inverse(member, to, from);
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        return parent.with(member.name, {
          ...state,
          schema: castEffect(resolve(state.schema), sides, state.schema),
        });
      }),
  };
}

function precondition(member: Member, to: CastType, applicable: readonly Conversion[], keepsTarget: boolean) {
  const kept = keepsTarget && to !== 'integer' ? [{ type: to }] : [];
  const schemas = [...applicable.map(({ accepts }) => accepts), ...kept, { type: 'null' }];
  const allowed = applicable.map(({ must, from }) => must ?? `a ${from}`);
  if (kept.length > 0 && !allowed.includes(`a ${to}`)) allowed.push(`a ${to}`);
  return {
    accepts: {
      schema: membersSchema(member.segments, { anyOf: schemas }),
      statement: `every ${member.label} is ${[...new Set(allowed)].join(' or ')}`,
    },
  };
}

function inverse(member: Member, to: CastType, from: CastSource | undefined): Inverse {
  if ((from === 'number' || from === 'integer') && to === 'integer') return { operation: cast(member, 'number') };
  if (from !== undefined) return { operation: cast(member, from, to) };
  const loses = `which values of ${member.label} were of type ${to} before`;
  const [only, ...others] = conversions[to];
  if (only === undefined || others.length > 0) return { loses };
  return { loses, nearest: cast(member, only.from, to === 'integer' ? 'number' : to) };
}
