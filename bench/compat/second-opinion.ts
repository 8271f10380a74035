import { Ajv, type AnySchema } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as Ajv04 } from 'ajv-draft-04';
import type { Row } from './tool.ts';

/** ajv as anyone would set it up, apart from Sluice's own: it judges labels, not Sluice. */
function ajvOf(draft: string): Ajv {
  const options = { strict: false, validateFormats: false, logger: false, unicodeRegExp: true } as const;
  if (draft === 'draft-04') return new Ajv04.default(options);
  if (draft === '2019-09') return new Ajv2019(options);
  return draft === '2020-12' ? new Ajv2020(options) : new Ajv(options);
}

/** Whether both sides of a row are schemas of its draft at all; a tool may refuse to compare those that are not. */
export function areSchemas(row: Row): boolean {
  const ajv = ajvOf(row.draft);
  return [row.old, row.new].every((schema) => {
    try {
      return ajv.validateSchema(withoutDialect(schema)) === true;
    } catch {
      return true;
    }
  });
}

/** Whether a document that the one schema accepts and the other refuses shows that a label is wrong. */
export function refutes(row: Row, direction: 'backward' | 'forward', document: unknown): boolean {
  const [from, to] = direction === 'backward' ? [row.old, row.new] : [row.new, row.old];
  try {
    return (
      ajvOf(row.draft).compile(from as AnySchema)(document) && !ajvOf(row.draft).compile(to as AnySchema)(document)
    );
  } catch {
    return false;
  }
}

function withoutDialect(schema: unknown): AnySchema {
  if (typeof schema !== 'object' || schema === null) return schema as AnySchema;
  const { $schema: _, ...rest } = schema as Record<string, unknown>;
  return rest;
}
