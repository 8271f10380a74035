import { canonicalJson } from '../../../schema/canonical.ts';
import { base64Pattern, holdsMediaType, isContentKeyword } from '../../../schema/content-keywords.ts';
import { type Json, own } from '../../../schema/json.ts';
import { maskOf } from '../json-type.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/**
 * Annotations, unless the caller asks for assertions. Then base64 is a language, JSON is tried on single strings, and all else
 * is only the same where its text is.
 */
export const content: readonly KeywordReader[] = [
  {
    name: 'contentEncoding',
    annotation: true,
    read: (value, { options, pointer, dialect }) => {
      if (!options.contentAssertion || !isContentKeyword('contentEncoding', dialect) || typeof value !== 'string')
        return [];
      if (value !== 'base64')
        return [opaqueConstraint(`contentEncoding ${value}`, reason('contentEncoding'), pointer, maskOf('string'))];
      return [
        {
          key: 'contentEncoding base64',
          formula: (type, formulas) => (type === 'string' ? formulas.match(base64Pattern) : formulas.algebra.true),
        },
      ];
    },
  },
  {
    name: 'contentMediaType',
    annotation: true,
    read: (value, { options, pointer, schema, dialect }) => {
      if (!options.contentAssertion || !isContentKeyword('contentMediaType', dialect) || typeof value !== 'string')
        return [];
      const encoding = own(schema, 'contentEncoding');
      const key = `contentMediaType ${JSON.stringify([value, encoding ?? null])}`;
      const test = (text: string) => holdsMediaType(value, encoding, text);
      return [opaqueConstraint(key, reason('contentMediaType'), pointer, maskOf('string'), test)];
    },
  },
  {
    name: 'contentSchema',
    annotation: true,
    read: (value, { options, pointer, schema, dialect }) => {
      if (!options.contentAssertion || !isContentKeyword('contentSchema', dialect)) return [];
      // It only counts beside a media type (2020-12, Validation 8.5).
      if (own(schema, 'contentMediaType') === undefined) return [];
      return [opaqueConstraint(schemaKey(value, schema), reason('contentSchema'), pointer, maskOf('string'))];
    },
  },
];

/** What a reference leads to may differ under the same words. */
function schemaKey(value: Json, schema: Readonly<Record<string, Json>>): string | symbol {
  const text = canonicalJson(value);
  if (/\$\w*[rR]ef/.test(text)) return Symbol('contentSchema');
  return `contentSchema ${JSON.stringify([own(schema, 'contentMediaType'), own(schema, 'contentEncoding') ?? null])} ${text}`;
}

function reason(name: string): string {
  return `${name} is asserted, and Sluice cannot reason about contents`;
}
