import { InputError } from '../../input-error.ts';
import { type Dialect, dialectNamed, dialects } from '../../schema/dialect.ts';
import type { SchemaDocument } from '../../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { parseSchema } from '../../schema/parse.ts';
import type { Problem } from '../review.ts';

/** An OpenAPI 3.1 document, as far as its schemas go. https://spec.openapis.org/oas/v3.1.1.html */
export interface OpenApi {
  readonly document: SchemaDocument;
  /** `components.schemas`, by name. */
  readonly components: JsonObject;
}

/** What 3.1 calls its own dialect: 2020-12 with annotations of OpenAPI. */
const ownDialect = 'https://spec.openapis.org/oas/3.1/dialect/base';

/** Throws `InputError` for anything that is no OpenAPI 3.1 document with schemas of a dialect that Sluice knows. */
export function readOpenApi(file: { path: string; text: string }): OpenApi {
  const first = parseSchema(file, { defaultDialect: '2020-12' });
  const { value } = first;
  const said = isObject(value) ? (own(value, 'openapi') ?? own(value, 'swagger')) : undefined;
  if (!isObject(value) || typeof said !== 'string') {
    throw new InputError('This is no OpenAPI document: it has no "openapi"', {
      remedy: 'Leave the file out of the set with `layout: openapi`',
      place: { path: file.path, line: 1 },
    });
  }
  if (!/^3\.1(?:\.|$)/.test(said)) {
    throw new InputError(`OpenAPI ${said} does not describe its data in JSON Schema, OpenAPI 3.1 does`, {
      remedy: 'Convert the document to OpenAPI 3.1, or leave the file out of the set',
      place: { path: file.path, ...first.locate(own(value, 'openapi') === undefined ? '/swagger' : '/openapi') },
    });
  }
  const dialect = dialectOf(first, own(value, 'jsonSchemaDialect'));
  const document = dialect === first.dialect ? first : parseSchema(file, { defaultDialect: dialect });
  const components = own(value, 'components');
  const schemas = isObject(components) ? own(components, 'schemas') : undefined;
  return { document, components: isObject(schemas) ? schemas : {} };
}

/** `info.version`: the version of all schemas in an OpenAPI document. */
export function documentVersion({ value }: SchemaDocument): string | undefined {
  const info = isObject(value) ? own(value, 'info') : undefined;
  const version = isObject(info) ? own(info, 'version') : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** A problem where a file is an OpenAPI document, and its set takes it for a schema: all its schemas would go unseen. */
export function mistakenForSchema(document: SchemaDocument): Problem | undefined {
  const { value, path } = document;
  if (!isObject(value) || own(value, '$schema') !== undefined || !isObject(own(value, 'info'))) return undefined;
  const keyword = ['openapi', 'swagger'].find((name) => typeof own(value, name) === 'string');
  if (keyword === undefined) return undefined;
  return {
    place: { path, ...document.locate(`/${keyword}`) },
    problem: 'This is an OpenAPI document, and as a schema it would allow everything',
    remedy: 'Put the file into a set with `layout: openapi`, before the sets that match it now',
  };
}

function dialectOf(document: SchemaDocument, declared: Json | undefined): Dialect {
  if (declared === undefined || declared === ownDialect) return '2020-12';
  const dialect = typeof declared === 'string' ? dialectNamed(declared) : undefined;
  if (dialect !== undefined) return dialect;
  throw new InputError(`Sluice does not know the dialect ${JSON.stringify(declared)}`, {
    remedy: `Use the address of ${dialects.join(', ')} in "jsonSchemaDialect"`,
    place: { path: document.path, ...document.locate('/jsonSchemaDialect') },
  });
}
