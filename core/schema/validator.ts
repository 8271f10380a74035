import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Violation } from '../compatibility/verdict.ts';
import { borrowAjv } from './ajv-pool.ts';
import type { SchemaBundle } from './document.ts';
import { type Json, type JsonObject, own } from './json.ts';
import { withLocalReferences } from './local-references.ts';
import { prepareForAjv } from './prepare-for-ajv.ts';
import { reach } from './reach.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';

/** The reasons why a document is refused; empty: it is valid. */
export type Validator = (document: Json) => readonly Violation[];

export interface ValidatorOptions {
  /** Whether `format` decides; false: it is an annotation. Formats that ajv does not know never decide. */
  readonly formatAssertion: boolean;
}

/**
 * The independent judge: ajv of the root's dialect, told nothing of how Sluice compares.
 * Throws `ValidatorUnavailable` when the files mix dialects, or when ajv gives up on the schema.
 *
 * Weak: ajv errs on some `$dynamicRef`s and on `multipleOf` with fractions, so a disagreement with it proves nothing. The
 * validator itself throws `ValidatorUnavailable` when a document leads it to a `$ref` out of the repository, or out of stack.
 */
export function validatorFor(bundle: SchemaBundle, options: ValidatorOptions): Validator {
  const { schemas } = reach(bundle);
  const { dialect } = bundle.root;
  const foreign = schemas.find(({ document }) => document.dialect !== dialect);
  if (foreign) {
    throw new ValidatorUnavailable(`${foreign.document.path} is ${foreign.document.dialect}, the schema is ${dialect}`);
  }
  const places = new Set(schemas.map(({ value }) => value));
  const isDynamic = schemas.some(({ value }) => has(value, '$dynamicRef') || has(value, '$recursiveRef'));
  const [root, others] = isDynamic
    ? [prepareForAjv(bundle.root.value, dialect, places), new Map<string, Json>()]
    : withLocalReferences(bundle, schemas);
  const validate = compile(() => borrowAjv(dialect, options.formatAssertion), root, others);
  return (document) => (run(validate, document) ? [] : (validate.errors ?? []).map(violation));
}

function has(schema: Json, keyword: string): boolean {
  return typeof schema === 'object' && schema !== null && own(schema as JsonObject, keyword) !== undefined;
}

function compile(borrow: () => ReturnType<typeof borrowAjv>, root: Json, others: ReadonlyMap<string, Json>) {
  const { ajv, giveBack } = borrow();
  try {
    for (const [address, schema] of others) ajv.addSchema(schema as object, address);
    return ajv.compile(root as object);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new ValidatorUnavailable(`ajv cannot compile the schema: ${cause.message}`, { cause });
  } finally {
    giveBack();
  }
}

function run(validate: ValidateFunction, document: Json): boolean {
  try {
    return validate(document);
  } catch (cause) {
    // A schema that refers to itself without reading further into the document.
    if (cause instanceof RangeError) throw new ValidatorUnavailable('ajv ran out of stack', { cause });
    throw cause;
  }
}

function violation(error: ErrorObject): Violation {
  return { at: error.instancePath, message: messageOf(error) };
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${shorten(JSON.stringify(params['allowedValues']))}`;
  if (keyword === 'const') return `must be ${shorten(JSON.stringify(params['allowedValue']))}`;
  if (keyword === 'additionalProperties') {
    return `must not have the property ${JSON.stringify(params['additionalProperty'])}`;
  }
  return message ?? `fails ${keyword}`;
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
