import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { resolveReference } from '../resolve-reference.ts';
import { type Kind, kindsOf } from './kinds.ts';

/** What a version says of one property, as far as a column has to follow it. */
export interface RowProperty {
  readonly name: string;
  readonly required: boolean;
  /** Types that a value can have besides null; undefined: that is written where it cannot be followed. */
  readonly kinds: ReadonlySet<Kind> | undefined;
  /** Whether null is a value: then NULL in the column is null, otherwise the property is not there. */
  readonly nullable: boolean;
  readonly format: string | undefined;
  readonly maxLength: number | undefined;
  readonly default: Json | undefined;
  /** The property's schema, its reference followed. */
  readonly schema: Json;
}

/** By name, in the order of the schema. */
export type RowProperties = ReadonlyMap<string, RowProperty>;

/**
 * The properties that the records of a schema have as rows of a table. A property that is only declared in a branch would be a column
 * for some rows alone, so such schemas are refused, each with its reason.
 */
export function readRowSchema(schema: Json): { readonly properties: RowProperties } | { readonly problems: string[] } {
  if (!isObject(schema)) return { problems: ['the schema declares no properties'] };
  const declared = own(schema, 'properties');
  if (!isObject(declared)) return { problems: ['the schema declares no `properties` of its own'] };
  const problems = undeclared(schema, new Set(Object.keys(declared)), true);
  if (problems.length > 0) return { problems: [...new Set(problems)] };
  const required = own(schema, 'required');
  const names: readonly Json[] = Array.isArray(required) ? required : [];
  const properties = Object.entries(declared)
    // No record has it.
    .filter(([, property]) => property !== false)
    .map(([name, property]): [string, RowProperty] => [
      name,
      { name, required: names.includes(name), ...read(schema, property) },
    ]);
  return { properties: new Map(properties) };
}

function read(root: Json, property: Json): Omit<RowProperty, 'name' | 'required'> {
  const kinds = kindsOf(root, property);
  const plain = withoutNull(root, property);
  const [format, maxLength] = [keyword(plain, 'format'), keyword(plain, 'maxLength')];
  const resolved = resolveReference(root, property, '');
  return {
    kinds: kinds && new Set([...kinds].filter((kind) => kind !== 'null')),
    // Where it is not known, a null that the version refuses would be refused with its record.
    nullable: kinds?.has('null') ?? false,
    format: typeof format === 'string' ? format : undefined,
    maxLength: typeof maxLength === 'number' ? maxLength : undefined,
    default: isObject(property) ? own(property, 'default') : undefined,
    schema: 'schema' in resolved ? resolved.schema : property,
  };
}

/** The one alternative that is not null, where a property is written as "this, or null". */
function withoutNull(root: Json, property: Json): Json {
  const resolved = resolveReference(root, property, '');
  const schema = 'schema' in resolved ? resolved.schema : property;
  if (!isObject(schema)) return schema;
  const branches = own(schema, 'anyOf') ?? own(schema, 'oneOf');
  if (!Array.isArray(branches)) return schema;
  const others = (branches as readonly Json[]).filter((branch) => !isObject(branch) || own(branch, 'type') !== 'null');
  return others.length === 1 ? withoutNull(root, others[0] ?? true) : schema;
}

function keyword(schema: Json, name: string): Json | undefined {
  return isObject(schema) ? own(schema, name) : undefined;
}

const branching = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not', 'dependentSchemas', 'dependencies'] as const;
const elsewhere = ['$ref', '$dynamicRef', '$recursiveRef', 'patternProperties', 'extends'] as const;

/** Why the properties are not those that `properties` of the schema itself says. */
function undeclared(schema: JsonObject, names: ReadonlySet<string>, isRoot: boolean): string[] {
  const declared = own(schema, 'properties');
  const unknown = !isRoot && isObject(declared) ? Object.keys(declared).filter((name) => !names.has(name)) : [];
  return [
    ...elsewhere
      .filter((word) => own(schema, word) !== undefined)
      .map((word) => `the schema says by \`${word}\` which properties there are`),
    ...unknown.map((name) => `the schema declares ${JSON.stringify(name)} in a branch only`),
    ...branching.flatMap((word) => {
      const value = own(schema, word);
      const branches = Array.isArray(value)
        ? (value as readonly Json[])
        : word.startsWith('depend') && isObject(value)
          ? Object.values(value)
          : [value];
      return branches.flatMap((branch) => (isObject(branch) ? undeclared(branch, names, false) : []));
    }),
  ];
}
