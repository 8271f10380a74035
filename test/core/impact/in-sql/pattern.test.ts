import { beforeAll, describe, expect, it } from 'vitest';
import { patternInSql } from '../../../../core/impact/in-sql/pattern.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

const understood = [
  '^CLM-[0-9]{6}$',
  '^[A-Z]{2}\\d{2,4}[a-z_]*$',
  'ab?c+',
  '^[a-z0-9]+-[a-z.\\-\\]\\\\]{1,3}$',
  '[+*?()]',
  '\\$\\.\\|',
  "it's",
  '^-?[0-9]{1,12}(\\.[0-9]{1,2})?$',
  '^(?:AB|ab)+$|^CLM',
  '(a(b|c)*){2}',
  '^a|b$',
  '^$',
  '',
];
const texts = [
  '',
  'CLM-123456',
  'CLM-123456\n',
  'clm-123456',
  'CLM-١٢٣٤٥٦',
  'AB12',
  'AB1234xyz_',
  'ac',
  'abcc',
  'q-\\',
  'q-]',
  'q-.a',
  '(',
  '$.|',
  "it's",
  'É',
  '😀',
  '-12.5',
  '12.',
  'ABabAB',
  'b\n',
];

describe('a pattern for PostgreSQL', () => {
  it.each(understood)('matches the same texts as ECMA-262: %s', async (source) => {
    const sql = patternInSql(source);
    expect(sql).toBeDefined();
    const { rows } = await database.pool.query<{ text: string; matches: boolean }>(
      `SELECT text, text ~ ${sql} AS matches FROM unnest($1::text[]) AS text`,
      [texts],
    );
    const pattern = new RegExp(source, 'u');
    expect(rows.map(({ text, matches }) => [text, matches])).toEqual(texts.map((text) => [text, pattern.test(text)]));
  });

  it.each([
    '^.$',
    '\\w',
    '[^a]',
    '\\bword',
    '(a|)',
    '(?<n>a)',
    '(^a)',
    'a^',
    '(a)\\1',
    '(?i:a)',
    'a{1,300}',
    '[z-a]',
    '^é$',
    '[[:alpha:]]',
    '\\p{L}',
    'a(?=b)',
    '***=a',
    'a*?',
  ])('is not written where the languages differ, or might: %s', (source) =>
    expect(patternInSql(source)).toBeUndefined(),
  );
});
