import differ from 'json-schema-diff';
import type { Answer, Peer } from '../tool.ts';

type Schema = Parameters<typeof differ.diffSchemas>[0]['sourceSchema'];

export const jsonSchemaDiff: Peer = async (row) => ({
  backward: await compare(row.old as Schema, row.new as Schema),
  forward: await compare(row.new as Schema, row.old as Schema),
});

/** Throws for keywords it does not support, and for remote references, which it would fetch. */
async function compare(sourceSchema: Schema, destinationSchema: Schema): Promise<Answer> {
  if (/"\$ref":"(https?|file):|"\$ref":"[^#"]/.test(JSON.stringify([sourceSchema, destinationSchema]))) return 'none';
  try {
    const { removalsFound } = await differ.diffSchemas({ sourceSchema, destinationSchema });
    return removalsFound ? 'breaking' : 'compatible';
  } catch {
    return 'none';
  }
}
