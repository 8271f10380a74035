import { describe, expect, it } from 'vitest';
import { columnsChange } from '../../../core/review/columns-change.ts';
import { reviewSchema } from '../../../core/review/review-schema.ts';
import type { Json } from '../../../core/schema/json.ts';

const rows = { name: 'claims', database: 'default', table: 'claims', key: 'id' };
const schema = (version: string, properties: object, rest: object = {}) =>
  JSON.stringify({ version, type: 'object', properties, ...rest });

async function statusOf(target: object, old: string, next: string, migration?: string) {
  const { review } = await reviewSchema(
    {
      path: 'schemas/claim.json',
      set: { files: 'schemas/*.json', compatibility: 'BACKWARD', target: 'claims', formatAssertion: false },
      change: 'modified',
      target: { ...rows, ...target },
    },
    { read: (path) => Promise.resolve(path === 'schemas/claim.json' ? old : undefined) },
    { read: (path) => Promise.resolve(path === 'schemas/claim.json' ? next : migration) },
  );
  return review && { verdict: review.comparison?.backward.verdict, migration: review.migration };
}

describe('a compatible change of records that are rows of columns', () => {
  const old = schema('1.0.0', { a: { type: 'integer' } }, { additionalProperties: false });
  const next = schema('1.1.0', { a: { type: 'integer' }, b: { type: 'string' } }, { additionalProperties: false });

  it('needs a migration where it needs other columns, and a document does not', async () => {
    expect(await statusOf({}, old, next)).toMatchObject({ verdict: 'compatible', migration: { status: 'missing' } });
    expect(await statusOf({ document: 'body' }, old, next)).toMatchObject({ migration: { status: 'not-needed' } });
  });

  it('has its migration proposed as a file that can be used', async () => {
    const proposed = await statusOf({}, old, next);
    if (proposed?.migration.status !== 'missing') throw new Error('nothing is proposed');
    const given = await statusOf({}, old, next, proposed.migration.proposal);
    expect(given?.migration).toMatchObject({ status: 'given', proof: { result: 'proved' } });
  });
});

describe('columns change', () => {
  const base: Json = { properties: { a: { type: 'string', title: 'A' } }, required: ['a'] };
  it.each([
    ['a title', { properties: { a: { type: 'string', title: 'B', pattern: 'x' } }, required: ['a'] }, false],
    ['a new property', { properties: { a: { type: 'string' }, b: true }, required: ['a'] }, true],
    ['a type', { properties: { a: { type: 'integer' } }, required: ['a'] }, true],
    ['null', { properties: { a: { type: ['string', 'null'] } }, required: ['a'] }, true],
    ['what is required', { properties: { a: { type: 'string' } } }, true],
  ])('with %s', (_, next, expected) => {
    expect(columnsChange(rows, base, next)).toBe(expected);
    expect(columnsChange({ ...rows, document: 'body' }, base, next)).toBe(false);
    expect(columnsChange(undefined, base, next)).toBe(false);
  });
});
