import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { formatPointer, parsePointer } from '../../schema/pointer.ts';
import { editParent } from '../effect.ts';
import { invertTransform } from '../inverse.ts';
import { literalSchema } from '../literal-schema.ts';
import { type Member, memberAt, readMember, valueSql } from '../member.ts';
import { presentSchema } from '../members-schema.ts';
import type { Effect, Inverse, Operation, Precondition } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteJsonb } from '../sql-literal.ts';
import { applyTransform, transformToSql } from '../transform.ts';

type Scalar = string | number | boolean | null;

/**
 * `when: { at: /kind, is: home, do: [...] }` does operations to the records in which a member has a value, and leaves all
 * others as they are. A missing member has no value, not even null.
 */
export const whenKind = defineKind<{ at: string; is: Scalar }>({
  name: 'when',
  arguments: {
    type: 'object',
    required: ['at', 'is', 'do'],
    properties: {
      at: addressSchema,
      is: { type: ['string', 'number', 'boolean', 'null'] },
      do: { type: 'array', minItems: 1, items: { type: 'object', minProperties: 1, maxProperties: 1 } },
    },
    additionalProperties: false,
  },
  operationsIn: 'do',
  create: ({ at, is }, operations) => when(memberAt(at), is, operations),
});

export function when(member: Member, is: Scalar, operations: readonly Operation[]): Operation {
  const condition = `${member.label} is ${JSON.stringify(is)}`;
  const accepts = precondition(member, is, operations, condition);
  return {
    name: 'when',
    source: { when: { at: member.pointer, is, do: operations.map(({ source }) => source) } },
    summary: `where ${condition}: ${operations.map(({ summary }) => summary).join(', then ')}`,
    apply: (record) => (readMember(record, member) === is ? applyTransform(operations, record) : record),
    toSql: (document) =>
      `CASE WHEN ${valueSql(member, document)} = ${quoteJsonb(is)} THEN ${transformToSql(operations, document)} ELSE ${document} END`,
    ...(accepts ? { accepts } : {}),
    get inverse() {
      return inverse(member, is, operations, condition);
    },
    effect: (schema) => effect(schema, member, is, operations),
  };
}

/** What the first operation accepts is said of the record itself; what later ones accept is not, so they are left out. */
function precondition(
  member: Member,
  is: Scalar,
  operations: readonly Operation[],
  condition: string,
): Precondition | undefined {
  const demanding = operations.flatMap(({ accepts }, index) => (accepts ? [{ accepts, index }] : []));
  const [first, ...later] = demanding;
  if (first === undefined) return undefined;
  const elsewhere = { not: presentSchema(member.segments, { enum: [is] }) };
  const onlyFirst = first.index === 0 && later.length === 0;
  return {
    schema: onlyFirst ? { anyOf: [elsewhere, first.accepts.schema] } : elsewhere,
    statement: `where ${condition}, ${demanding.map(({ accepts }) => accepts.statement).join(', and ')}`,
  };
}

function inverse(member: Member, is: Scalar, operations: readonly Operation[], condition: string): Inverse {
  const { operations: back, losses } = invertTransform(operations);
  const recognisable = !operations.some((operation) => touches(operation.source, member));
  const undone = when(member, is, back);
  if (losses.length === 0 && recognisable) return { operation: undone };
  const loses = [
    ...losses,
    ...(recognisable ? [] : [`in which records ${member.label} was ${JSON.stringify(is)}`]),
  ].join(', ');
  return back.length === 0 || !recognisable ? { loses } : { loses: `where ${condition}: ${loses}`, nearest: undone };
}

/** Whether anything that an operation names lies on the way to the member, or within it. */
function touches(source: Json, member: Member): boolean {
  if (Array.isArray(source)) return source.some((inner: Json) => touches(inner, member));
  if (!isObject(source)) return false;
  const at = own(source, 'at');
  const named = ['at', 'to', 'from'].flatMap((key) => {
    const value = own(source, key);
    if (typeof value !== 'string') return [];
    // A name is of a member beside `at`; whatever else a text may mean is taken for a name, to be safe.
    return [value, ...(typeof at === 'string' ? [formatPointer([...parsePointer(at).slice(0, -1), value])] : [])];
  });
  const members = own(source, 'members');
  if (typeof at === 'string' && Array.isArray(members))
    named.push(...members.map((name) => formatPointer([...parsePointer(at).slice(0, -1), String(name)])));
  const crosses = (pointer: string) =>
    `${member.pointer}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${member.pointer}/`);
  return named.some(crosses) || Object.values(source).some((inner) => touches(inner, member));
}

/** Either a record with the value, after the operations; or one without it, as it was. */
function effect(schema: Json, member: Member, is: Scalar, operations: readonly Operation[]): Effect {
  const concerned = editParent(schema, member, [member.name], (parent) =>
    parent.with(member.name, { presence: 'always', schema: literalSchema(is) }),
  );
  if ('unknown' in concerned) return concerned;
  const left = editParent(schema, member, [member.name], (parent) => {
    const state = parent.state(member.name);
    if (state.presence === 'never') return parent;
    return parent.with(member.name, { ...state, schema: { allOf: [state.schema, { not: { enum: [is] } }] } });
  });
  if ('unknown' in left) return left;
  const after = operations.reduce<Effect>(
    (so, operation) => ('schema' in so ? operation.effect(so.schema) : so),
    concerned,
  );
  if ('unknown' in after) return after;
  return { schema: either(schema, [after.schema, left.schema]) };
}

/** What holds for a whole document stays at its top: `$schema`, addresses, and the definitions that references name. */
const documentKeywords = ['$schema', '$id', 'id', '$defs', 'definitions'];

function either(schema: Json, branches: readonly Json[]): Json {
  const top = isObject(schema) ? pick(schema, (key) => documentKeywords.includes(key)) : {};
  return {
    ...top,
    anyOf: branches.map((branch) =>
      isObject(branch) ? pick(branch, (key) => !documentKeywords.includes(key)) : branch,
    ),
  };
}

function pick(schema: JsonObject, wanted: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => wanted(key)));
}
