import type { ErrorObject, ValidateFunction } from 'ajv';
import { InputError } from '../input-error.ts';
import { makeAjv } from './ajv-instance.ts';
import { type Dialect, dialectNamed, dialects } from './dialect.ts';
import type { SchemaDocument } from './document.ts';
import type { Json } from './json.ts';

const addresses: Record<Dialect, string> = {
  'draft-04': 'http://json-schema.org/draft-04/schema',
  'draft-06': 'http://json-schema.org/draft-06/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

const readers = new Map<Dialect, ReturnType<typeof makeReader>>();
const documents = new Map<string, SchemaDocument | undefined>();

/** Whether a value is a schema of a dialect, by its metaschema. */
export function isSchemaOf(value: Json, dialect: Dialect): boolean {
  return readerOf(dialect).isSchema(value);
}

/** Throws `InputError` at the line where a document is not a schema of its dialect. */
export function refuseInvalidSchema(document: SchemaDocument): void {
  const { isSchema } = readerOf(document.dialect);
  if (isSchema(document.value)) return;
  const error = deepest(isSchema.errors ?? []);
  const pointer = error?.instancePath ?? '';
  throw new InputError(
    `This is no schema of ${document.dialect}: ${pointer === '' ? 'the document' : pointer} ${explain(error)}`,
    {
      remedy: 'Correct the keyword at this place, or name another dialect in "$schema"',
      place: { path: document.path, ...document.locate(pointer) },
    },
  );
}

/** A published metaschema (or one of its vocabularies) as a document, so that a `$ref` to it is followed like any other. */
export function metaschemaAt(address: string): SchemaDocument | undefined {
  if (!documents.has(address)) documents.set(address, readMetaschema(address));
  return documents.get(address);
}

function readMetaschema(address: string): SchemaDocument | undefined {
  const dialect =
    dialectNamed(address) ?? dialects.find((name) => address.includes(`json-schema.org/draft/${name}/meta/`));
  if (dialect === undefined) return undefined;
  const key = dialectNamed(address) === undefined ? address : addresses[dialect];
  const value = readerOf(dialect).ajv.getSchema(key)?.schema as Json | undefined;
  if (value === undefined) return undefined;
  const locate = () => ({ line: 1, column: 1 });
  return { path: address, text: JSON.stringify(value), value, dialect, inexactNumbers: [], locate };
}

function readerOf(dialect: Dialect): ReturnType<typeof makeReader> {
  const reader = readers.get(dialect) ?? makeReader(dialect);
  readers.set(dialect, reader);
  return reader;
}

function makeReader(dialect: Dialect): { ajv: ReturnType<typeof makeAjv>; isSchema: ValidateFunction } {
  const ajv = makeAjv(dialect, { strict: false, logger: false, validateSchema: false });
  // Duplicates in "enum", "required" and "type" are careless, and mean nothing.
  ajv.removeKeyword('uniqueItems').addKeyword('uniqueItems');
  const isSchema = ajv.getSchema(addresses[dialect]);
  if (!isSchema) throw new Error(`ajv lacks the metaschema of ${dialect}`);
  return { ajv, isSchema };
}

/** Of the alternatives that failed, the one that came furthest into the document says most. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  return [...errors].sort((a, b) => depth(b) - depth(a))[0];
}

function explain(error: ErrorObject | undefined): string {
  if (error === undefined) return 'is not allowed';
  if (error.keyword === 'enum') return `must be one of ${JSON.stringify(error.params['allowedValues'])}`;
  const types = error.params['type'] as unknown;
  if (error.keyword === 'type' && Array.isArray(types)) return `must be ${types.join(' or ')}`;
  return error.message ?? 'is not allowed';
}
