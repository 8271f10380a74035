import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isStorable, quoteJsonb, quotePath, quoteText } from '../../../core/migration/sql-literal.ts';
import type { Json } from '../../../core/schema/json.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const nasty = [
  "'",
  "''",
  '\\',
  "\\'",
  "'; DROP TABLE x; --",
  '$$',
  '$1',
  '%',
  '\n',
  '\u2028',
  '💧',
  'é',
  '"',
  '{',
  ',',
  '\u0001',
  '',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 5 })
  .map((parts) => parts.join(''));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

describe.each(['on', 'off'])('literals, with standard_conforming_strings %s', (setting) => {
  it('arrive as they were meant', async () => {
    const client = await database.pool.connect();
    try {
      await client.query(`SET standard_conforming_strings = ${setting}`);
      await client.query('SET escape_string_warning = off');
      await fc.assert(
        fc.asyncProperty(text.filter(isStorable), text.filter(isStorable), async (one, other) => {
          const value: Json = { [one]: [other, null, 1.5] };
          const { rows } = await client.query(
            `SELECT ${quoteText(one)} AS plain, ${quoteJsonb(value)} AS document, ${quotePath([one, other])} AS path`,
          );
          expect(rows).toEqual([{ plain: one, document: value, path: [one, other] }]);
        }),
        { numRuns: 150 },
      );
    } finally {
      client.release(true);
    }
  });
});

describe('text that jsonb cannot hold', () => {
  it.each(['\0', 'a\0b', '\ud800', '\udc00x'])('is told apart and never written: %j', (unstorable) => {
    expect(isStorable(unstorable)).toBe(false);
    expect(() => quoteText(unstorable)).toThrow('cannot be written as SQL');
  });
});
