import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConversionError } from '../../../core/migration/conversion-error.ts';
import { invertTransform } from '../../../core/migration/inverse.ts';
import type { Operation } from '../../../core/migration/operation.ts';
import { walk } from '../../../core/migration/placeholder.ts';
import { transformToSql } from '../../../core/migration/transform.ts';
import type { Dialect } from '../../../core/schema/dialect.ts';
import type { Json } from '../../../core/schema/json.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';
import { anyRecord, operationsByName } from './arbitrary.ts';
import { type Sql, startSql } from './postgres.ts';
import { schema } from './schema-arbitrary.ts';

let sql: Sql;
beforeAll(async () => {
  sql = await startSql();
});

function isValid(schema: Json, defaultDialect: Dialect = '2020-12'): (record: Json) => boolean {
  const root = parseSchema({ path: 'schema.json', text: JSON.stringify(schema) }, { defaultDialect });
  const validate = validatorFor({ root, files: new Map() }, { formatAssertion: false });
  return (record) => validate(record).length === 0;
}

function converted(operation: Operation, record: Json): Json | ConversionError {
  try {
    return operation.apply(record);
  } catch (error) {
    if (error instanceof ConversionError) return error;
    throw error;
  }
}

function refusal(operation: Operation, record: Json): ConversionError | undefined {
  const result = converted(operation, record);
  return result instanceof ConversionError ? result : undefined;
}

/** A pointer without its escapes, to compare with a plain name. */
function unescaped(pointer: string): string {
  return pointer.replaceAll('~1', '/').replaceAll('~0', '~');
}

const records = fc.array(anyRecord, { minLength: 20, maxLength: 40 });
/** Numbers as PostgreSQL keeps them and JavaScript cannot: in place of numbers of a record's text. */
const digits = fc.constantFrom('1.10', '0.00', '-0.0', '12345678901234567890.50', '1e5', '1E-3', '1500.00', '1.0');

describe.each(Object.entries(operationsByName))('%s', (_, one) => {
  it('changes no record in place', () => {
    fc.assert(
      fc.property(one, anyRecord, (operation, record) => {
        const before = JSON.stringify(record);
        converted(operation, record);
        expect(JSON.stringify(record)).toBe(before);
      }),
    );
  });

  it('converts every record that it says it accepts', () => {
    fc.assert(
      fc.property(one, records, (operation, records) => {
        // ajv takes `required: ['']` for no demand at all.
        fc.pre(!JSON.stringify(operation.accepts ?? {}).includes('"required":[""]'));
        const accepts = isValid(operation.accepts?.schema ?? true);
        const refused = records.filter((record) => refusal(operation, record));
        expect(refused.filter(accepts)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('says of a refusal where it is and why, in fixed words that cannot carry a value', () => {
    const reasons =
      /^(is of type [a-z]+, (which is not cast to|but not) [a-z ]+|is there already|has no object to be in|is none of the listed values|is not a list of one|is not a text|is not a day of the calendar|is not a date-time of the one time of day|is not a list of texts that can be told apart when joined|is not an object with .* and nothing else|is an empty list|is not an object of the listed members only|is not a number as text in this spelling|is not a number that can be written as text|is not a number in the range of numbers)$/su;
    fc.assert(
      fc.property(one, records, (operation, records) => {
        // Wherever an operation is written, those inside others too.
        const places = [...walk(operation.source)].flatMap(({ value }) => {
          const { at, to, members } = Object.assign({ at: undefined, to: undefined, members: [] }, value) as {
            at: unknown;
            to: unknown;
            members: readonly string[];
          };
          if (typeof at !== 'string') return [];
          const beside = (name: string) => at.replace(/[^/]*$/, '') + name;
          return [at, ...members.map(beside), ...(typeof to === 'string' ? [to, beside(to)] : [])];
        });
        for (const { message, pointer, reason } of records.flatMap((record) => refusal(operation, record) ?? [])) {
          expect(message).toBe(`${pointer} ${reason}`);
          expect(reason).toMatch(reasons);
          expect(places.map(unescaped)).toContain(unescaped(pointer));
        }
      }),
    );
  });

  it('has an effect on a schema that covers every converted record', () => {
    let known = 0;
    fc.assert(
      fc.property(
        one,
        schema,
        fc.constantFrom('2020-12' as const, 'draft-07' as const),
        records,
        (operation, schema, dialect, records) => {
          const effect = operation.effect(schema);
          if ('unknown' in effect) return;
          known += 1;
          const [before, after] = [isValid(schema, dialect), isValid(effect.schema, dialect)];
          const uncovered = records.filter((record) => {
            const result = before(record) ? converted(operation, record) : undefined;
            return result !== undefined && !(result instanceof ConversionError) && !after(result);
          });
          expect(uncovered).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
    expect(known).toBeGreaterThan(40);
  });

  it('takes back every record exactly in PostgreSQL, or says that it does not', async () => {
    await fc.assert(
      fc.asyncProperty(one, records, digits, async (operation, records, number) => {
        const { operations, losses } = invertTransform([operation]);
        if (losses.length > 0) return;
        const texts = records.map((record) =>
          JSON.stringify(record).replace(/(?<=[:[,])-?\d[\d.e+-]*(?=[,}\]])/, number),
        );
        const forth = transformToSql([operation], 'document');
        const there = await sql.evaluate(forth, texts);
        const back = await sql.evaluate(transformToSql(operations, forth), texts);
        expect(back.map((text) => text === undefined)).toEqual(there.map((text) => text === undefined));
        const pairs = texts.flatMap((text, index) => (back[index] === undefined ? [] : [[text, back[index]] as const]));
        expect((await sql.equal(pairs)).every(Boolean)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});
