import { compileForAjv } from '../../schema/compile-for-ajv.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { prepareForAjv } from '../../schema/prepare-for-ajv.ts';
import type { Validator, ValidatorOptions } from '../../schema/validator.ts';
import { ValidatorUnavailable } from '../../schema/validator-unavailable.ts';
import { evaluationCost } from './evaluation-cost.ts';
import { relevantSchema } from './relevant-schema.ts';
import { type Touched, touchedBy } from './touched.ts';

/** Some hundred milliseconds of ajv. */
const mostVisits = 2_000_000;

/**
 * ajv for a handful of documents: says what `validatorFor` says, but compiles only the part of the schema that can speak about the
 * document at hand, and keeps that for documents like it. Dynamic references are resolved before ajv sees them, since it errs on
 * them. The validator throws `ValidatorUnavailable`.
 */
export function judgeOf(bundle: SchemaBundle, options: ValidatorOptions): Validator {
  let last: { readonly touched: Touched; readonly validate: Validator } | undefined;
  return (document) => {
    const touched = touchedBy(document);
    if (!last || !covers(last.touched, touched)) last = { touched, validate: compileFor(bundle, touched, options) };
    return last.validate(document);
  };
}

function compileFor(bundle: SchemaBundle, touched: Touched, options: ValidatorOptions): Validator {
  const { dialect } = bundle.root;
  const relevant = relevantSchema(bundle, touched, options);
  if (evaluationCost(relevant, dialect, touched.depth) > mostVisits) {
    throw new ValidatorUnavailable('ajv would take too long: the schema refers to itself in too many ways');
  }
  const { value, schemas, references } = relevant;
  const root = prepareForAjv(value, dialect, schemas, (reference) => references.has(reference));
  return compileForAjv(dialect, options, { root, files: new Map() });
}

function covers(wide: Touched, narrow: Touched): boolean {
  if (narrow.depth > wide.depth) return false;
  return (wide.hasItems || !narrow.hasItems) && [...narrow.names].every((name) => wide.names.has(name));
}
