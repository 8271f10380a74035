import { createRequire } from 'node:module';
import type { Answer, Tool } from '../tool.ts';

interface JsonSchemaDiff {
  diffSchemas(schemas: { sourceSchema: unknown; destinationSchema: unknown }): Promise<{ removalsFound: boolean }>;
}

// It ships without types.
const differ = createRequire(import.meta.url)('json-schema-diff') as JsonSchemaDiff;

export const jsonSchemaDiff: Tool = {
  name: 'json-schema-diff 1.0.0',
  rowsPerSet: 300,
  decide: async (row) => ({ backward: await compare(row.old, row.new), forward: await compare(row.new, row.old) }),
};

/** Throws for keywords it does not support, and for remote references, which it would fetch. */
async function compare(sourceSchema: unknown, destinationSchema: unknown): Promise<Answer> {
  if (/"\$ref":"(https?|file):|"\$ref":"[^#"]/.test(JSON.stringify([sourceSchema, destinationSchema]))) return 'none';
  try {
    const { removalsFound } = await differ.diffSchemas({ sourceSchema, destinationSchema });
    return removalsFound ? 'breaking' : 'compatible';
  } catch {
    return 'none';
  }
}
