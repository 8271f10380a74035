import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { invertTransform } from '../../../core/migration/inverse.ts';
import { transformToSql } from '../../../core/migration/transform.ts';
import { anyRecord, operation } from './arbitrary.ts';
import { type Sql, startSql } from './postgres.ts';

let sql: Sql;
beforeAll(async () => {
  sql = await startSql();
});

const records = fc.array(anyRecord, { minLength: 20, maxLength: 40 });
/** Numbers as PostgreSQL keeps them and JavaScript cannot: in place of numbers of a record's text. */
const digits = fc.constantFrom('1.10', '0.00', '12345678901234567890.50', '9007199254740993', '1500.00', '7');

it('a list of operations that names no loss is undone exactly, digit by digit, for every record that it takes', async () => {
  const seen = { back: 0, refused: 0 };
  const exact = operation.filter((one) => invertTransform([one]).losses.length === 0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(exact, { minLength: 1, maxLength: 5 }),
      records,
      digits,
      async (operations, records, number) => {
        const { operations: inverse, losses } = invertTransform(operations);
        expect(losses).toEqual([]);
        const texts = records.map((record) =>
          JSON.stringify(record).replaceAll(/(?<=[:[,])-?\d[\d.e+-]*(?=[,}\]])/g, number),
        );
        const forth = transformToSql(operations, 'document');
        const [there, back] = await Promise.all([
          sql.evaluate(forth, texts),
          sql.evaluate(transformToSql(inverse, forth), texts),
        ]);
        const pairs = texts.flatMap((text, index) =>
          there[index] === undefined ? [] : [[text, back[index] ?? 'null'] as const],
        );
        expect(await sql.equal(pairs)).toEqual(pairs.map(() => true));
        seen.back += pairs.length;
        seen.refused += texts.length - pairs.length;
      },
    ),
    { numRuns: 300 },
  );
  // Neither all nor none: such a test would say nothing.
  expect(Math.min(seen.back, seen.refused)).toBeGreaterThan(500);
}, 180_000);
