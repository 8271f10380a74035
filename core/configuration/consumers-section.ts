import type { Problem } from '../review/review.ts';
import type { Consumer, Deprecation } from './configuration.ts';
import type { Locate } from './explain.ts';
import { globFault } from './glob-fault.ts';

const version = {
  type: 'string',
  pattern: '^\\d[0-9A-Za-z.+-]*$',
  description: 'A version, in quotes where YAML would take it for a number: "2.8.0", "1-0-0", "2".',
} as const;

export const consumersSchema = {
  description: 'Services that stay on a version of a schema. Each change is compared with that version, too.',
  type: 'array',
  maxItems: 200,
  items: {
    type: 'object',
    required: ['service', 'schema'],
    additionalProperties: false,
    properties: {
      service: { type: 'string', minLength: 1, maxLength: 100, description: 'How people call it.' },
      schema: { type: 'string', minLength: 1, maxLength: 300, description: 'Name of the schema, as reports have it.' },
      reads: { ...version, description: 'It understands documents of this version: new ones must be valid under it.' },
      writes: { ...version, description: 'It writes documents of this version: they must stay valid.' },
      file: {
        type: 'string',
        minLength: 1,
        maxLength: 500,
        description: 'A copy of that version in the repository, where no file of the schema has it any more.',
      },
    },
  },
} as const;

export const deprecatedSchema = {
  description: 'Schemas that nothing should refer to any more.',
  type: 'array',
  maxItems: 200,
  items: {
    type: 'object',
    required: ['files'],
    additionalProperties: false,
    properties: {
      files: { type: 'string', minLength: 1, maxLength: 500, description: 'A glob such as schemas/legacy/**.' },
      instead: { type: 'string', minLength: 1, maxLength: 300, description: 'What to refer to.' },
    },
  },
} as const;

export function* consumerChecks(consumers: readonly Consumer[], locate: Locate): Generator<Problem> {
  for (const [at, { service, reads, writes, file }] of consumers.entries()) {
    if (reads === undefined && writes === undefined) {
      yield {
        place: locate(['consumers', `${at}`]),
        problem: `consumers[${at}] says neither what ${JSON.stringify(service)} reads nor what it writes`,
        remedy: 'Add `reads` or `writes` with a version.',
      };
    }
    if (reads !== undefined && writes !== undefined && reads !== writes && file !== undefined) {
      yield {
        place: locate(['consumers', `${at}`, 'file']),
        problem: 'One file cannot hold the two versions that are read and written',
        remedy: 'Write two entries, each with its own `file`.',
      };
    }
    if (file !== undefined && (file.startsWith('/') || file.split('/').includes('..'))) {
      yield {
        place: locate(['consumers', `${at}`, 'file']),
        problem: `${JSON.stringify(file)} is no path of the repository`,
        remedy: 'Write a path relative to the root of the repository.',
      };
    }
  }
}

export function* deprecatedChecks(deprecated: readonly Deprecation[], locate: Locate): Generator<Problem> {
  for (const [at, { files }] of deprecated.entries()) {
    const fault = globFault(files);
    if (fault !== undefined) yield { place: locate(['deprecated', `${at}`, 'files']), ...fault };
  }
}
