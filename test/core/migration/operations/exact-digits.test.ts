import { beforeAll, expect, it } from 'vitest';
import { invertTransform } from '../../../../core/migration/inverse.ts';
import { memberAt } from '../../../../core/migration/member.ts';
import type { Operation } from '../../../../core/migration/operation.ts';
import { flatten } from '../../../../core/migration/operations/flatten.ts';
import { listToSingle } from '../../../../core/migration/operations/list-to-single.ts';
import { nest } from '../../../../core/migration/operations/nest.ts';
import { numberToText } from '../../../../core/migration/operations/number-to-text.ts';
import { round } from '../../../../core/migration/operations/round.ts';
import { setFrom } from '../../../../core/migration/operations/set.ts';
import { shiftDecimals } from '../../../../core/migration/operations/shift-decimals.ts';
import { singleToList } from '../../../../core/migration/operations/single-to-list.ts';
import { textToNumber } from '../../../../core/migration/operations/text-to-number.ts';
import { transformToSql } from '../../../../core/migration/transform.ts';
import { type Sql, startSql } from '../postgres.ts';

let sql: Sql;
beforeAll(async () => {
  sql = await startSql();
});

const x = memberAt('/x');
const european = { decimal: ',', group: '.' };

const cases: readonly [Operation, string, string | undefined][] = [
  [textToNumber(x, european), '"12.345.678.901.234.567.890,10"', '12345678901234567890.10'],
  [textToNumber(x, european), '"1234,50"', undefined],
  [textToNumber(x, { decimal: '.' }), '"1234.50"', '1234.50'],
  [textToNumber(x, european), '"-0,00"', undefined],
  [numberToText(x, european), '12345678901234567890.10', '"12.345.678.901.234.567.890,10"'],
  [numberToText(x, { decimal: '.', group: '’' }), '-1234567', '"-1’234’567"'],
  [shiftDecimals(x, 2), '12345678901234567890.125', '1234567890123456789012.5'],
  [shiftDecimals(x, 2), '1.50', '150.0'],
  [shiftDecimals(x, 2), '0.00', '0.00'],
  [shiftDecimals(x, -2), '150', '1.5'],
  [shiftDecimals(x, -2), '9007199254740993', '90071992547409.93'],
  [shiftDecimals(x, 2), '1e307', undefined],
  [round(x, 2), '2.675', '2.68'],
  [round(x, 2), '1.096', '1.1'],
  [round(x, 2), '1.1', '1.1'],
  [round(x, 2), '1.10', '1.10'],
  [round(x, 0), '-0.5', '-1'],
  [round(x, 1), '12345678901234567890.05', '12345678901234567890.1'],
  [singleToList(x), '1.10', '[1.10]'],
  [listToSingle(x, 'last'), '[1, 9007199254740993]', '9007199254740993'],
];

// The printer of it.each would follow the inverse of the inverse for ever.
for (const [operation, before, after] of cases) {
  it(`keeps every digit in PostgreSQL: ${operation.summary} of ${before}`, async () => {
    const [result] = await sql.evaluate(transformToSql([operation], 'document'), [`{"x": ${before}}`]);
    expect(result).toBe(after && `{"x": ${after}}`);
  });
}

it('moves members in and out of an object as they are', async () => {
  const names = ['net', 'tax'];
  const record = '{"id": 9007199254740993, "net": 1.10, "tax": 0.00}';
  const nested = await sql.evaluate(transformToSql([nest(memberAt('/price'), names)], 'document'), [record]);
  expect(nested).toEqual(['{"id": 9007199254740993, "price": {"net": 1.10, "tax": 0.00}}']);
  const both = [nest(memberAt('/price'), names), flatten(memberAt('/price'), names)];
  expect(await sql.evaluate(transformToSql(both, 'document'), [record])).toEqual([record]);
});

it('copies a member as it is', async () => {
  const copy = transformToSql([setFrom(memberAt('/gross'), memberAt('/net'))], 'document');
  expect(await sql.evaluate(copy, ['{"net": 1.10}', '{"gross": 2}'])).toEqual([
    '{"net": 1.10, "gross": 1.10}',
    '{"gross": 2}',
  ]);
});

it('writes the text of a number again that was read, shifted, and shifted back', async () => {
  const read = textToNumber(x, european);
  const there = [read, shiftDecimals(x, -1), shiftDecimals(x, 3)];
  const texts = ['1,50', '1.550,0', '7', '0,00', '-0,25', '12.345.678.901.234.567.890,10'].map(
    (text) => `{"x": "${text}"}`,
  );
  const { operations: back, losses } = invertTransform(there);
  expect(losses).toEqual([]);
  expect(await sql.evaluate(transformToSql([...there, ...back], 'document'), texts)).toEqual(texts);
});
