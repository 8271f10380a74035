import type { Pool } from 'pg';
import type { RunOrder } from '../../registry/runs/order.ts';

/** Claims whose properties are columns of `claims`. */
export const rowTarget = { name: 'claims', database: 'default', table: 'claims', key: 'id' };

export interface Version {
  readonly properties: object;
  readonly required?: readonly string[];
}

/** An order over such a table; `transform` is the list of a migration file, as YAML lines. */
export function rowOrder(
  before: Version,
  after: Version,
  transform: readonly string[],
  part: Partial<RunOrder> = {},
): Partial<RunOrder> {
  const schema = (version: string, { properties, required = [] }: Version) =>
    JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      version,
      type: 'object',
      properties,
      required,
      additionalProperties: false,
    });
  const list = transform.length === 0 ? ' []' : `\n${transform.map((line) => `  - ${line}`).join('\n')}`;
  return {
    target: rowTarget,
    oldText: schema('2.8.0', before),
    newText: schema('3.0.0', after),
    migrationText: `schema: claim\nfrom: 2.8.0\nto: 3.0.0\ntransform:${list}\n`,
    ...part,
  };
}

/** All rows of a table as text, in key order. */
export async function rowsOf(target: Pool, columns = '*', table = 'claims'): Promise<string[]> {
  const { rows } = await target.query<{ row: string }>(
    `SELECT t::text AS row FROM (SELECT ${columns} FROM ${table} ORDER BY id) AS t`,
  );
  return rows.map(({ row }) => row);
}
