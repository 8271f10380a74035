import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConversionError } from '../../../core/migration/conversion-error.ts';
import { decimalText } from '../../../core/migration/decimal-text.ts';
import { memberAt } from '../../../core/migration/member.ts';
import type { Operation } from '../../../core/migration/operation.ts';
import { cast } from '../../../core/migration/operations/cast.ts';
import { defaultTo } from '../../../core/migration/operations/default.ts';
import { operationKinds } from '../../../core/migration/operations/index.ts';
import { numberToText } from '../../../core/migration/operations/number-to-text.ts';
import { rename } from '../../../core/migration/operations/rename.ts';
import { round } from '../../../core/migration/operations/round.ts';
import { shiftDecimals } from '../../../core/migration/operations/shift-decimals.ts';
import { wrap } from '../../../core/migration/operations/wrap.ts';
import { applyTransform, transformToSql } from '../../../core/migration/transform.ts';
import type { Json } from '../../../core/schema/json.ts';
import { anyRecord, operation, operationsByName } from './arbitrary.ts';
import { type Sql, startSql } from './postgres.ts';

let sql: Sql;
beforeAll(async () => {
  sql = await startSql();
});

/** The record after the transform as JavaScript sees it, as JSON text; undefined where it is refused. */
function inJavaScript(operations: readonly Operation[], record: string): string | undefined {
  try {
    return JSON.stringify(applyTransform(operations, JSON.parse(record) as Json));
  } catch (error) {
    if (error instanceof ConversionError) return undefined;
    throw error;
  }
}

/** As JSON.parse reads it, members in one order, without the difference of -0. */
function normal(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text, (_, value: unknown) => (value === 0 ? 0 : value));
}

/** The records for which the two differ, with both answers. */
async function disagreements(operations: readonly Operation[], records: readonly Json[]): Promise<unknown[]> {
  const texts = records.map((record) => JSON.stringify(record));
  const inDatabase = await sql.evaluate(transformToSql(operations, 'document'), texts);
  return texts
    .map((record, index) => {
      const javaScript = normal(inJavaScript(operations, record));
      return { record, javaScript, postgres: normal(inDatabase[index]) };
    })
    .filter(({ javaScript, postgres }) => !isDeepStrictEqual(javaScript, postgres));
}

/** Whether digits of a number that is made here may come to be text: PostgreSQL has all of them, JavaScript as many as a double. */
function writesDigits(operations: readonly Operation[]): boolean {
  const source = JSON.stringify(operations.map((operation) => operation.source));
  const makes = source.search(/"(text-to-number|shift-decimals|round)":|"to":"(number|integer)"/);
  return makes >= 0 && /"number-to-text":|"to":"string"/.test(source.slice(makes));
}

const records = fc.array(anyRecord, { minLength: 20, maxLength: 40 });

describe('a transform', () => {
  it('is generated here for every operation there is', () => {
    expect(Object.keys(operationsByName)).toEqual(operationKinds.map(({ name }) => name));
  });

  it.each(Object.entries(operationsByName))('gives the same in JavaScript and in PostgreSQL: %s', async (_, one) => {
    await fc.assert(
      fc.asyncProperty(one, records, async (operation, records) => {
        expect(await disagreements([operation], records)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same in JavaScript and in PostgreSQL with several operations', async () => {
    const several = fc.array(operation, { maxLength: 6 }).filter((operations) => !writesDigits(operations));
    await fc.assert(
      fc.asyncProperty(several, records, async (operations, records) => {
        expect(await disagreements(operations, records)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('writes the same digits of a number that was rounded or shifted, as long as a double has them', async () => {
    const x = memberAt('/x');
    const changed = fc.oneof(
      fc.nat(4).map((digits) => round(x, digits)),
      fc.constantFrom(-4, -2, -1, 1, 2, 4).map((by) => shiftDecimals(x, by)),
    );
    const numbers = fc.array(
      fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(5)).map(([n, places]) => n / 10 ** places),
      { minLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(changed, { minLength: 1, maxLength: 3 }), numbers, async (operations, numbers) => {
        const list = [...operations, numberToText(x, { decimal: '.' })];
        const texts = numbers.map((number) => `{"x": ${decimalText(number)}}`);
        const inDatabase = await sql.evaluate(transformToSql(list, 'document'), texts);
        expect(inDatabase.map(normal)).toEqual(texts.map((text) => normal(inJavaScript(list, text))));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what JavaScript cannot hold of members that it does not touch', async () => {
    const transform = [defaultTo(memberAt('/x'), 1), rename(memberAt('/n'), 'm'), wrap(memberAt('/m'))];
    const records = ['1e400', '1.10', '12345678901234567890', '-0.00'].map((n) => `{"n": ${n}}`);
    const stored = ['1'.padEnd(401, '0'), '1.10', '12345678901234567890', '0.00'];
    expect(await sql.evaluate(transformToSql(transform, 'document'), records)).toEqual(
      stored.map((n) => `{"m": [${n}], "x": 1}`),
    );
  });

  it('leaves a record alone without operations', async () => {
    expect(applyTransform([], { a: 1 })).toEqual({ a: 1 });
    expect(await sql.evaluate(transformToSql([], 'document'), ['{"a": 1}'])).toEqual(['{"a": 1}']);
  });

  it.each(Object.entries(operationsByName))('makes NULL of NULL: %s', async (_, one) => {
    await fc.assert(
      fc.asyncProperty(one, async (operation) => {
        expect(await sql.evaluate(transformToSql([operation, operation], 'NULL::jsonb'), ['1'])).toEqual([undefined]);
      }),
      { numRuns: 10 },
    );
  });

  it('stays as long as its operations are, one after the other', () => {
    const one = cast(memberAt('/a'), 'number');
    const length = (count: number) =>
      transformToSql(
        Array.from({ length: count }, () => one),
        'document',
      ).length;
    expect(length(20) - length(10)).toBeLessThan(1.1 * (length(30) - length(20)));
    expect(length(30) - length(20)).toBeLessThan(1.1 * (length(20) - length(10)));
  });
});
