import type { JsonObject } from '../schema/json.ts';
import { optionsSchema } from './run-options.ts';
import { scriptSchema } from './script.ts';

const version = { type: 'string', pattern: '^[0-9A-Za-z][0-9A-Za-z.+-]*$', remedy: 'Write it like 3.0.0' };

/** JSON Schema of a migration file. What an operation may say is in the operation's own schema. */
export const fileSchema: JsonObject = {
  type: 'object',
  required: ['from', 'to'],
  properties: {
    schema: { type: 'string', minLength: 1 },
    from: version,
    to: version,
    transform: { type: 'array', items: { type: 'object', minProperties: 1, maxProperties: 1 } },
    script: scriptSchema,
    batch: { type: 'integer', minimum: 1, maximum: 100_000 },
    ...optionsSchema,
  },
  additionalProperties: false,
};
