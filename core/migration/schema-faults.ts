import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../schema/json.ts';
import { appendPointer, type Pointer } from '../schema/pointer.ts';

/** What is wrong in a value, before its place in the file is known. */
export interface Fault {
  readonly at: Pointer;
  readonly problem: string;
  readonly remedy: string;
}

const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
const compiled = new Map<JsonObject, ValidateFunction>();

/**
 * Everything that a schema of Sluice's own finds wrong in a value, in words for the writer of the file. Such a schema says
 * how a text is written in a member `remedy` beside its `pattern`.
 */
export function schemaFaults(schema: JsonObject, value: Json, at: Pointer): Fault[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => describe(error, at, schema));
}

function describe(error: ErrorObject, base: Pointer, schema: JsonObject): Fault {
  const at = base + error.instancePath;
  const { params } = error;
  const what = error.instancePath === '' ? 'This' : error.instancePath.slice(1);
  switch (error.keyword) {
    case 'required':
      return {
        at,
        problem: `\`${params['missingProperty']}\` is missing`,
        remedy: `Add \`${params['missingProperty']}\``,
      };
    case 'additionalProperties': {
      const known = Object.keys((schema['properties'] ?? {}) as JsonObject).join(', ');
      const name = String(params['additionalProperty']);
      return { at: appendPointer(at, name), problem: `\`${name}\` is not known here`, remedy: `Use only: ${known}` };
    }
    case 'enum':
      return {
        at,
        problem: `${what} is none of the possible values`,
        remedy: `Use one of: ${params['allowedValues'].join(', ')}`,
      };
    case 'pattern': {
      const remedy = String(error.parentSchema?.['remedy'] ?? 'Correct it');
      return { at, problem: `${what} is not written as it should be`, remedy };
    }
    case 'type':
      return {
        at,
        problem: `${what} must be ${article(String(params['type']))}`,
        remedy: params['type'] === 'string' ? 'Put it in quotes' : `Write ${article(String(params['type']))}`,
      };
    default:
      return { at, problem: `${what} ${error.message ?? 'is not as it should be'}`, remedy: 'Correct it' };
  }
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type === 'array' ? 'list' : type}`;
}
