import { canonicalJson } from '../../schema/canonical.ts';
import { type Json, own } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import { enumerated } from '../json-types.ts';
import { changeParent, type Member, memberAt, valueSql, withMember, withValueSql } from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import type { Inverse, Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteJsonb } from '../sql-literal.ts';

type Scalar = string | number | boolean | null;
type Pair = readonly [Scalar, Json];
/** What becomes of a value that is not listed. */
type Otherwise = 'refuse' | 'keep' | { readonly value: Json };

const scalar = { type: ['string', 'number', 'boolean', 'null'] };

/**
 * `map: { at: /status, values: { A: active, I: inactive }, otherwise: refuse }` replaces values by others. Values that are
 * no text are listed in pairs: `values: [[0, low], [null, unknown]]`. A missing member stays missing. What is not listed
 * is refused, unless `otherwise` is `keep` or gives one `{ value: … }` for all the rest.
 */
export const mapKind = defineKind<{ at: string; values: Pair[] | { [from: string]: Json }; otherwise?: Otherwise }>({
  name: 'map',
  arguments: {
    type: 'object',
    required: ['at', 'values'],
    properties: {
      at: addressSchema,
      values: {
        anyOf: [
          { type: 'object', minProperties: 1 },
          { type: 'array', minItems: 1, items: { type: 'array', minItems: 2, maxItems: 2, items: [scalar, {}] } },
        ],
      },
      otherwise: {
        anyOf: [
          { enum: ['refuse', 'keep'] },
          { type: 'object', required: ['value'], properties: { value: {} }, additionalProperties: false },
        ],
      },
    },
    additionalProperties: false,
  },
  problem({ values }) {
    const froms = pairsOf(values).map(([from]) => from);
    const twice = froms.findIndex((from, index) => froms.indexOf(from) !== index);
    return twice === -1
      ? undefined
      : { at: `/values/${twice}`, problem: 'This value is listed twice', remedy: 'List each value once' };
  },
  create: ({ at, values, otherwise }) => map(memberAt(at), pairsOf(values), otherwise),
});

function pairsOf(values: readonly Pair[] | { readonly [from: string]: Json }): readonly Pair[] {
  return Array.isArray(values) ? (values as readonly Pair[]) : Object.entries(values as { [from: string]: Json });
}

export function map(member: Member, pairs: readonly Pair[], otherwise: Otherwise = 'refuse'): Operation {
  const froms = pairs.map(([from]) => from);
  const rest = otherwise === 'refuse' ? '' : `, ${otherwise === 'keep' ? 'keeping others' : 'and all others'}`;
  /** The new value in a list of none or one. */
  const image = (value: Json): readonly Json[] => {
    const pair = pairs.find(([from]) => from === value);
    if (pair) return [pair[1]];
    return otherwise === 'refuse' ? [] : [otherwise === 'keep' ? value : otherwise.value];
  };
  return {
    name: 'map',
    source: { map: { at: member.pointer, values: pairs, ...(otherwise === 'refuse' ? {} : { otherwise }) } },
    summary: `map ${pairs.length} value${pairs.length === 1 ? '' : 's'} of ${member.label}${rest}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const value = own(parent, member.name);
        if (value === undefined) return parent;
        const [mapped] = image(value);
        if (mapped === undefined) throw new ConversionError(member.pointer, 'is none of the listed values');
        return withMember(parent, member.name, mapped);
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const branches = pairs.map(
        ([from, to]) => `WHEN ${quoteJsonb(from)} THEN ${withValueSql(member, document, quoteJsonb(to))}`,
      );
      const others =
        otherwise === 'refuse'
          ? 'NULL'
          : otherwise === 'keep'
            ? document
            : withValueSql(member, document, quoteJsonb(otherwise.value));
      return `CASE WHEN ${value} IS NULL THEN ${document} ELSE CASE ${value} ${branches.join(' ')} ELSE ${others} END END`;
    },
    ...(otherwise === 'refuse'
      ? {
          accepts: {
            schema: membersSchema(member.segments, { enum: froms }),
            statement: `every ${member.label} is one of the listed values`,
          },
        }
      : {}),
    get inverse() {
      return inverse(member, pairs, otherwise);
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const listed = enumerated(resolve(state.schema));
        if (listed) return parent.with(member.name, { ...state, schema: oneOf(listed.flatMap(image)) });
        const known = oneOf([
          ...pairs.map(([, to]) => to),
          ...(typeof otherwise === 'object' ? [otherwise.value] : []),
        ]);
        const kept = { allOf: [state.schema, { not: { enum: froms } }] };
        const after = otherwise === 'keep' ? { anyOf: [known, kept] } : known;
        return parent.with(member.name, { ...state, schema: after });
      }),
  };
}

/** Only where no two values became one, and no value that was kept looks like one that was mapped. */
function inverse(member: Member, pairs: readonly Pair[], otherwise: Otherwise): Inverse {
  const back = pairs.flatMap(([from, to]): Pair[] => (isScalar(to) ? [[to, from]] : []));
  const distinct = new Set(back.map(([to]) => to)).size === pairs.length && back.length === pairs.length;
  if (distinct && otherwise === 'refuse') return { operation: map(member, back) };
  const loses = `which value ${member.label} had, where several became one`;
  return distinct ? { loses, nearest: map(member, back, 'keep') } : { loses };
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** Equal values once: draft 04 allows no others in `enum`, nor an empty one. */
function oneOf(values: readonly Json[]): Json {
  const unique = new Map(values.map((value) => [canonicalJson(value), value]));
  return unique.size > 0 ? { enum: [...unique.values()] } : { not: {} };
}
