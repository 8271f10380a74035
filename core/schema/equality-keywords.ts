import type { Ajv, FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import { canonicalJson } from './canonical.ts';
import { canonicalValues } from './canonical-values.ts';
import type { Json } from './json.ts';

/**
 * The keywords that compare values, by canonical text. ajv's own comparison calls `toString` and `valueOf` of the data, which a
 * document may well have as members, and compares each item with each: hours for an `enum` of 5 MB.
 */
export function mendEquality(ajv: Ajv): void {
  for (const definition of definitions) {
    ajv.removeKeyword(String(definition.keyword));
    ajv.addKeyword(definition);
  }
}

const definitions: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'enum',
    schemaType: 'array',
    errors: 'full',
    compile: (values: readonly Json[]) => {
      const allowed = canonicalValues(values);
      return checking((data) => allowed.has(canonicalJson(data)), {
        keyword: 'enum',
        message: 'must be equal to one of the allowed values',
        params: { allowedValues: values },
      });
    },
  },
  {
    keyword: 'const',
    errors: 'full',
    compile: (value: Json) => {
      const allowed = canonicalJson(value);
      return checking((data) => canonicalJson(data) === allowed, {
        keyword: 'const',
        message: 'must be equal to constant',
        params: { allowedValue: value },
      });
    },
  },
  {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: 'full',
    compile: (isAsked: boolean) =>
      checking((data) => !isAsked || !Array.isArray(data) || !hasDuplicates(data), {
        keyword: 'uniqueItems',
        message: 'must NOT have duplicate items',
        params: {},
      }),
  },
];

function hasDuplicates(items: readonly Json[]): boolean {
  return new Set(items.map((item) => canonicalJson(item))).size < items.length;
}

type KeywordError = NonNullable<SchemaValidateFunction['errors']>[number];

function checking(isValid: (data: Json) => boolean, error: KeywordError): SchemaValidateFunction {
  const check: SchemaValidateFunction = (data: Json) => {
    if (isValid(data)) return true;
    check.errors = [{ ...error }];
    return false;
  };
  return check;
}
