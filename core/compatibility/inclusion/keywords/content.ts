import { canonicalJson } from '../../../schema/canonical.ts';
import { type Json, type JsonObject, own } from '../../../schema/json.ts';
import { maskOf } from '../json-type.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/** Annotations; as assertions they are compared by their text, and tried on the strings that schemas list. */
export const content: readonly KeywordReader[] = [
  contentKeyword('contentEncoding'),
  contentKeyword('contentMediaType'),
  {
    name: 'contentSchema',
    annotation: true,
    read: (value, { options, pointer }) =>
      options.contentAssertion
        ? [opaqueConstraint(schemaKey(value), reason('contentSchema'), pointer, maskOf('string'))]
        : [],
  },
];

/** What a reference leads to may differ under the same words. */
function schemaKey(value: Json): string | symbol {
  const text = canonicalJson(value);
  return /\$\w*[rR]ef/.test(text) ? Symbol('contentSchema') : `contentSchema ${text}`;
}

function reason(name: string): string {
  return `${name} is asserted, and Sluice cannot reason about contents`;
}

function contentKeyword(name: 'contentEncoding' | 'contentMediaType'): KeywordReader {
  return {
    name,
    annotation: true,
    read: (value, { options, pointer, schema }) => {
      if (!options.contentAssertion || typeof value !== 'string') return [];
      const key = `content ${JSON.stringify([name, value, name === 'contentMediaType' ? (own(schema, 'contentEncoding') ?? null) : null])}`;
      const test = (text: string) =>
        name === 'contentEncoding' ? isEncoded(value, text) : isOfType(value, schema, text);
      return [opaqueConstraint(key, reason(name), pointer, maskOf('string'), test)];
    },
  };
}

function isEncoded(encoding: string, text: string): boolean | undefined {
  if (encoding !== 'base64') return undefined;
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

function isOfType(mediaType: string, schema: JsonObject, text: string): boolean | undefined {
  const encoding = own(schema, 'contentEncoding');
  if (mediaType !== 'application/json' || (encoding !== undefined && encoding !== 'base64')) return undefined;
  // Not to be decoded: `contentEncoding` says so, this keyword then asserts nothing that can be known.
  if (encoding === 'base64' && isEncoded('base64', text) === false) return undefined;
  try {
    JSON.parse(encoding === undefined ? text : atob(text));
    return true;
  } catch {
    return false;
  }
}
