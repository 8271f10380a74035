import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Violation } from '../compatibility/verdict.ts';
import type { AjvInput } from './ajv-input.ts';
import { borrowAjv } from './ajv-pool.ts';
import type { Dialect } from './dialect.ts';
import type { Json } from './json.ts';
import type { Validator, ValidatorOptions } from './validator.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';
import { violationMessage } from './violation-message.ts';

/** Has ajv compile what was prepared for it. Throws `ValidatorUnavailable`, and so may the validator. */
export function compileForAjv(dialect: Dialect, options: ValidatorOptions, input: AjvInput): Validator {
  const validate = compile(dialect, options, input);
  const describe = options.allErrors ? detailedViolation : violation;
  return (document) => (run(validate, document) ? [] : (validate.errors ?? []).map(describe));
}

function compile(dialect: Dialect, options: ValidatorOptions, { root, files }: AjvInput): ValidateFunction {
  const { ajv, giveBack } = borrowAjv(dialect, options);
  try {
    for (const [address, schema] of files) ajv.addSchema(schema as object, address);
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
  return { at: error.instancePath, message: violationMessage(error) };
}

function detailedViolation(error: ErrorObject): Violation {
  const params: Record<string, unknown> = error.params;
  const member = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return { ...violation(error), keyword: error.keyword, ...(typeof member === 'string' ? { member } : {}) };
}
