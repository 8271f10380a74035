import type { Ajv, FuncKeywordDefinition } from 'ajv';
import { type Dialect, isSince } from './dialect.ts';
import { type Json, own } from './json.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';

/** Of RFC 4648: four characters for three bytes, the last ones filled up. */
export const base64Pattern = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';
const base64 = new RegExp(base64Pattern);

/** Whether a dialect has a keyword about the contents of strings. */
export function isContentKeyword(name: string, dialect: Dialect): boolean {
  if (name === 'contentSchema') return isSince(dialect, '2019-09');
  return (name === 'contentEncoding' || name === 'contentMediaType') && isSince(dialect, 'draft-07');
}

/** Whether a string is in an encoding; undefined where Sluice does not know the encoding. */
export function isEncoded(encoding: string, text: string): boolean | undefined {
  return encoding === 'base64' ? base64.test(text) : undefined;
}

/**
 * Whether a string holds a document of a media type; undefined where that is not known. What cannot be decoded holds nothing: that is
 * what `contentEncoding` asks for, so here it is not known.
 */
export function holdsMediaType(mediaType: string, encoding: Json | undefined, text: string): boolean | undefined {
  if (mediaType !== 'application/json' || (encoding !== undefined && encoding !== 'base64')) return undefined;
  if (encoding === 'base64' && !base64.test(text)) return undefined;
  try {
    const bytes = encoding === undefined ? undefined : Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    JSON.parse(bytes === undefined ? text : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/** ajv takes `content*` for annotations; with these it asserts them, and gives up on what is not known. */
export function assertContent(ajv: Ajv, dialect: Dialect): void {
  for (const definition of definitions) {
    if (!isContentKeyword(String(definition.keyword), dialect)) continue;
    ajv.removeKeyword(String(definition.keyword));
    ajv.addKeyword(definition);
  }
}

const definitions: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'contentEncoding',
    type: 'string',
    schemaType: 'string',
    compile: (encoding: string) => (text) => known(isEncoded(encoding, text), `contentEncoding ${encoding}`),
  },
  {
    keyword: 'contentMediaType',
    type: 'string',
    schemaType: 'string',
    compile: (mediaType: string, parent: unknown) => {
      const encoding = own(parent as Record<string, Json>, 'contentEncoding');
      // Another keyword refuses what is not in the encoding.
      return (text) =>
        (typeof encoding === 'string' && isEncoded(encoding, text) === false) ||
        known(holdsMediaType(mediaType, encoding, text), `contentMediaType ${mediaType}`);
    },
  },
  {
    keyword: 'contentSchema',
    type: 'string',
    compile: (_: unknown, parent: unknown) => () =>
      own(parent as Record<string, Json>, 'contentMediaType') === undefined || known(undefined, 'contentSchema'),
  },
];

function known(result: boolean | undefined, keyword: string): boolean {
  if (result === undefined) throw new ValidatorUnavailable(`${keyword} is asserted, and nothing checks it`);
  return result;
}
