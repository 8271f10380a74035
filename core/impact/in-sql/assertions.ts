import { quoteJsonb } from '../../migration/sql-literal.ts';
import type { Json } from '../../schema/json.ts';
import { patternInSql } from './pattern.ts';
import { type Part, whereType } from './refusal.ts';

/** When a keyword that asserts refuses a part, in SQL; undefined when PostgreSQL cannot say just what ajv says. */
type Asked = (part: Part, value: Json) => string | undefined;

/** Numbers are compared as they are written, which ajv does for those that a double can hold. */
const limits: Record<string, string> = {
  minimum: '<',
  maximum: '>',
  exclusiveMinimum: '<=',
  exclusiveMaximum: '>=',
};

const assertions: ReadonlyMap<string, Asked> = new Map<string, Asked>([
  ['type', isOtherType],
  ['enum', (part, value) => (Array.isArray(value) ? isNoneOf(part, value) : undefined)],
  ['const', (part, value) => isNoneOf(part, [value])],
  ...Object.entries(limits).map(([keyword, operator]): [string, Asked] => [
    keyword,
    (part, value) => compared(part, 'number', `(${part.sql})::numeric`, operator, value),
  ]),
  ['minLength', (part, value) => compared(part, 'string', `char_length(${textOf(part)})`, '<', value)],
  ['maxLength', (part, value) => compared(part, 'string', `char_length(${textOf(part)})`, '>', value)],
  ['minItems', (part, value) => compared(part, 'array', `jsonb_array_length(${part.sql})`, '<', value)],
  ['maxItems', (part, value) => compared(part, 'array', `jsonb_array_length(${part.sql})`, '>', value)],
  ['minProperties', (part, value) => compared(part, 'object', membersOf(part), '<', value)],
  ['maxProperties', (part, value) => compared(part, 'object', membersOf(part), '>', value)],
  ['uniqueItems', (part, value) => (value === true ? hasDoubles(part) : value === false ? 'false' : undefined)],
  ['pattern', doesNotMatch],
]);

/** What a keyword refuses. Undefined: it is none of those that PostgreSQL can judge. */
export function refusedBy(keyword: string, value: Json, part: Part): string | undefined {
  return assertions.get(keyword)?.(part, value);
}

function isOtherType(part: Part, value: Json): string | undefined {
  const types: readonly Json[] = Array.isArray(value) ? value : [value];
  if (!types.every((type) => typeof type === 'string')) return undefined;
  const whole = new Set(types.map((type) => (type === 'integer' ? 'number' : type)));
  const listed = [...whole].map((type) => `'${type}'`);
  if (!listed.every((type) => /^'(?:null|boolean|number|string|array|object)'$/.test(type))) return undefined;
  const other = `jsonb_typeof(${part.sql}) NOT IN (${listed.join(', ')})`;
  const isThere = `(CASE WHEN ${part.sql} IS NULL THEN false ELSE ${other} END)`;
  if (!types.includes('integer') || types.includes('number')) return isThere;
  const fraction = whereType(part, 'number', `(${part.sql})::numeric <> trunc((${part.sql})::numeric)`);
  return `(${isThere} OR ${fraction})`;
}

function isNoneOf(part: Part, values: readonly Json[]): string {
  const listed = values.map(quoteJsonb);
  const isOther = listed.length === 0 ? 'true' : `${part.sql} <> ALL (ARRAY[${listed.join(', ')}])`;
  return `(CASE WHEN ${part.sql} IS NULL THEN false ELSE ${isOther} END)`;
}

function compared(part: Part, type: string, measured: string, operator: string, value: Json): string | undefined {
  return typeof value === 'number' ? whereType(part, type, `${measured} ${operator} ${value}`) : undefined;
}

/** The text in a JSON string. */
function textOf({ sql }: Part): string {
  return `(${sql} #>> '{}')`;
}

function membersOf({ sql }: Part): string {
  return `(SELECT count(*) FROM jsonb_object_keys(${sql}))`;
}

function hasDoubles(part: Part): string {
  const { sql } = part;
  const different = `(SELECT count(DISTINCT item) FROM jsonb_array_elements(${sql}) AS item)`;
  return whereType(part, 'array', `jsonb_array_length(${sql}) <> ${different}`);
}

function doesNotMatch(part: Part, value: Json): string | undefined {
  const pattern = typeof value === 'string' ? patternInSql(value) : undefined;
  return pattern === undefined ? undefined : whereType(part, 'string', `${textOf(part)} !~ ${pattern}`);
}
