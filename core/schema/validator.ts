import type { Violation } from '../compatibility/verdict.ts';
import { asWritten, withNumberedFiles } from './ajv-input.ts';
import { compileForAjv } from './compile-for-ajv.ts';
import type { SchemaBundle } from './document.ts';
import { isObject, type Json, own } from './json.ts';
import { reach } from './reach.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';

/** The reasons why a document is refused; empty: it is valid. */
export type Validator = (document: Json) => readonly Violation[];

export interface ValidatorOptions {
  /** Whether `format` decides; false: it is an annotation. Formats that ajv does not know never decide. */
  readonly formatAssertion: boolean;
  /** The same for `contentEncoding`, `contentMediaType` and `contentSchema`; default false. */
  readonly contentAssertion?: boolean;
  /** All violations of a document, each with its keyword, rather than the first. Default false. */
  readonly allErrors?: boolean;
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
  const isDynamic = schemas.some(({ value }) => has(value, '$dynamicRef') || has(value, '$recursiveRef'));
  const prepared = isDynamic ? asWritten(bundle, schemas) : withNumberedFiles(bundle, schemas);
  return compileForAjv(dialect, options, prepared);
}

function has(schema: Json, keyword: string): boolean {
  return isObject(schema) && own(schema, keyword) !== undefined;
}
