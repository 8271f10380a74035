import { describe, expect, it } from 'vitest';
import { classOf } from '../../../../../core/migration/rows/column-class.ts';
import { readRowSchema } from '../../../../../core/migration/rows/row-schema.ts';
import type { Json } from '../../../../../core/schema/json.ts';
import { planColumns } from '../../../../../runner/databases/postgres/rows/plan-columns.ts';
import type { RowColumn } from '../../../../../runner/databases/postgres/rows/read-columns.ts';

function propertiesOf(schema: Json) {
  const read = readRowSchema(schema);
  if (!('properties' in read)) throw new Error(read.problems.join());
  return read.properties;
}

function column(name: string, type: string, base: string, part: Partial<RowColumn> = {}): RowColumn {
  const columnClass = classOf(base, base === 'an enum');
  return { name, type, columnClass, length: undefined, notNull: false, hasDefault: false, generated: false, ...part };
}

const key = column('id', 'bigint', 'int8', { notNull: true });

/** The column of the property x in the new version, or why there is none. */
function planned(
  own: RowColumn,
  before: Json,
  after: Json,
  required: { before?: boolean; after?: boolean } = {},
): string {
  const versionOf = (x: Json, isRequired = false) =>
    propertiesOf({ properties: { x }, required: isRequired ? ['x'] : [] });
  const versions = {
    old: versionOf(before, required.before),
    new: versionOf(after, required.after),
    renamed: new Map<string, string>(),
  };
  const result = planColumns([key, own], ['id'], versions);
  if ('obstacles' in result) return result.obstacles.map(({ problem }) => problem).join('; ');
  const [, found] = result.plan.columns;
  return `${found?.change} ${found?.type}${found?.notNull ? ' not null' : ''}`;
}

const string = { type: 'string' };

describe('a column whose property stays', () => {
  it.each([
    ['text that says more', column('x', 'text', 'text'), string, { ...string, pattern: 'a' }, 'kept text'],
    ['text that becomes a number', column('x', 'text', 'text'), string, { type: 'number' }, 'retyped numeric'],
    [
      'a number that becomes whole',
      column('x', 'numeric(8,2)', 'numeric'),
      { type: 'number' },
      { type: 'integer' },
      'kept numeric(8,2)',
    ],
    [
      'a whole number that need not be',
      column('x', 'integer', 'int4'),
      { type: 'integer' },
      { type: 'number' },
      'retyped numeric',
    ],
    ['several types', column('x', 'text', 'text'), string, { type: ['string', 'integer'] }, 'retyped jsonb'],
    ['null besides', column('x', 'text', 'text'), string, { type: ['string', 'null'] }, 'kept text'],
    ['a document that becomes anything', column('x', 'jsonb', 'jsonb'), { type: 'object' }, true, 'kept jsonb'],
    [
      'a day that becomes an instant',
      column('x', 'date', 'date'),
      { ...string, format: 'date' },
      { ...string, format: 'date-time' },
      'retyped timestamp with time zone',
    ],
    ['a day that becomes any text', column('x', 'date', 'date'), { ...string, format: 'date' }, string, 'retyped text'],
    ['text that becomes a day', column('x', 'text', 'text'), string, { ...string, format: 'date' }, 'kept text'],
    ['fewer words', column('x', 'mood', 'an enum'), { enum: ['a', 'b'] }, { enum: ['a'] }, 'kept mood'],
    [
      'a word that the enum lacks',
      column('x', 'mood', 'an enum'),
      { enum: ['a'] },
      { enum: ['a', 'b'] },
      'retyped text',
    ],
    [
      'text too long for it',
      column('x', 'varchar(3)', 'varchar', { length: 3 }),
      { ...string, maxLength: 3 },
      { ...string, maxLength: 9 },
      'retyped text',
    ],
    [
      'text that it holds',
      column('x', 'varchar(9)', 'varchar', { length: 9 }),
      { ...string, maxLength: 3 },
      { ...string, maxLength: 9 },
      'kept varchar(9)',
    ],
    [
      'a list of something else',
      column('x', 'text[]', '_text'),
      { type: 'array', items: string },
      { type: 'array', items: { type: 'integer' } },
      'retyped jsonb',
    ],
  ] as const)('%s', (_, own, before, after, expected) => {
    expect(planned(own, before, after)).toBe(expected);
  });

  it('takes NOT NULL from `required` where that changes, and keeps what it has where it does not', () => {
    const loose = column('x', 'text', 'text');
    const strict = { ...loose, notNull: true };
    expect(planned(loose, string, string, { after: true })).toBe('kept text not null');
    expect(planned(loose, string, { type: ['string', 'null'] }, { after: true })).toBe('kept text');
    expect(planned(strict, string, string, { before: true })).toBe('kept text');
    expect(planned(strict, string, string)).toBe('kept text not null');
    expect(planned(loose, string, string, { before: true, after: true })).toBe('kept text');
  });

  it('does not lose its default unseen', () => {
    const own = column('x', 'text', 'text', { hasDefault: true });
    expect(planned(own, string, { type: 'integer' })).toContain('its default would be lost');
    expect(planned(own, string, { type: 'integer', default: 7 })).toBe('retyped bigint');
    expect(planned(own, string, { ...string, minLength: 1 })).toBe('kept text');
  });

  it('is not guessed where its type is written elsewhere', () => {
    const elsewhere = { $ref: 'other.json' };
    expect(planned(column('x', 'text', 'text'), elsewhere, elsewhere)).toBe('kept text');
    expect(planned(column('x', 'text', 'text'), string, elsewhere)).toContain('cannot be told');
  });
});
