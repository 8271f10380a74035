import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { readRowSchema } from '../../../../../core/migration/rows/row-schema.ts';
import { connectTarget } from '../../../../../runner/databases/postgres/connect.ts';
import { createAsRow } from '../../../../../runner/databases/postgres/rows/as-row.ts';
import { planColumns } from '../../../../../runner/databases/postgres/rows/plan-columns.ts';
import { readRowColumns } from '../../../../../runner/databases/postgres/rows/read-columns.ts';
import { forwardRows } from '../../../../../runner/databases/postgres/rows/row-crossing.ts';
import { readTable, recordTableOf } from '../../../../../runner/databases/postgres/table.ts';
import { comparePage } from '../../../../../runner/databases/postgres/verify.ts';
import { createTestDatabase } from '../../../../support/postgres.ts';
import { rowTarget } from '../../../../support/relational.ts';

const [asRow, log, to] = ['as_row', 'log', 'made'].map((name) => ({ schema: 'public', name })) as [Name, Name, Name];
interface Name {
  readonly schema: string;
  readonly name: string;
}

function propertiesOf(properties: object) {
  const read = readRowSchema({ properties } as never);
  if (!('properties' in read)) throw new Error(read.problems.join());
  return read.properties;
}

async function createTables(target: Pool): Promise<void> {
  await target.query(`
    CREATE TABLE claims (id int PRIMARY KEY, a text, n numeric, own text);
    INSERT INTO claims SELECT n, n::text, n + 0.10, 'own' FROM generate_series(1, 6) AS n;
    CREATE TABLE made (id int PRIMARY KEY, a bigint, n numeric, own text);
    INSERT INTO made SELECT id, a::bigint, n, own FROM claims;
    CREATE TABLE log (id int)`);
}

it('finds what is missing, too much, or differs in a bit, both ways; and leaves to the log what waits there', async () => {
  const { pool: target, url } = await createTestDatabase();
  await createTables(target);
  const client = await connectTarget(url);
  try {
    await createAsRow(client, asRow);
    const found = await readTable(client, { schema: 'public', name: 'claims' });
    const table = found && recordTableOf(found, rowTarget);
    if (table === undefined) throw new Error('no table');
    const versions = {
      old: propertiesOf({ a: { type: 'string' }, n: { type: 'number' } }),
      new: propertiesOf({ a: { type: 'integer' }, n: { type: 'number' } }),
      renamed: new Map<string, string>(),
    };
    const planned = planColumns(await readRowColumns(client, table), ['id'], versions);
    if (!('plan' in planned)) throw new Error('no plan');
    const crossing = {
      table,
      from: table,
      to,
      rows: forwardRows(planned.plan, asRow),
      passage: {
        toSql: (record: string) => `(${record} || jsonb_build_object('a', (${record} ->> 'a')::numeric))`,
        refusal: () => ({ pointer: '', reason: '' }),
        violation: () => undefined,
      },
    };
    const compare = () => comparePage(client, crossing, log, null, null);
    expect(await compare()).toEqual([]);
    await target.query(`
      DELETE FROM made WHERE id = 1;
      INSERT INTO made VALUES (7, 7, 7.10, 'own');
      UPDATE made SET a = 0 WHERE id = 2;
      UPDATE made SET n = 3.1 WHERE id = 3;
      UPDATE made SET own = NULL WHERE id = 4;
      UPDATE claims SET a = '1.5' WHERE id = 5`);
    const kinds = (await compare()).map(({ key, kind }) => `${key} ${kind}`).sort();
    expect(kinds).toEqual(['1 missing', '2 different', '3 different', '4 different', '5 different', '7 surplus']);
    await target.query('INSERT INTO log SELECT generate_series(1, 7)');
    expect(await compare()).toEqual([]);
  } finally {
    await client.end();
  }
});
