import { describe, expect, it } from 'vitest';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { proposeMigration } from '../../../core/migration/propose.ts';
import { proveMigration } from '../../../core/migration/prove.ts';
import type { SchemaBundle } from '../../../core/schema/document.ts';
import type { Json, JsonObject } from '../../../core/schema/json.ts';
import { bundleOf, newClaim, oldClaim } from './insurance-claim.ts';

const path = 'migrations/insurance-claim/3.0.0.yml';

function propose(old: SchemaBundle, next: SchemaBundle, versions: { from?: string; to?: string } = {}) {
  const { from = '2.8.0', to = '3.0.0' } = versions;
  return proposeMigration({ old, new: next, oldVersion: from, newVersion: to, set: { formatAssertion: true } });
}

const object = (properties: { [name: string]: Json }, more: JsonObject = {}) =>
  bundleOf({ type: 'object', properties, ...more });
const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** A proposal without gaps must be a migration that can be read and is proved. */
function ready(old: SchemaBundle, next: SchemaBundle): string[] {
  const { text, gaps, proof, operations } = propose(old, next);
  const parsed = parseMigration({ path, text });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  expect(parsed.migration.transform.map(({ source }) => source)).toEqual(operations.map(({ source }) => source));
  expect({ gaps, result: proof?.result }).toEqual({ gaps: [], result: 'proved' });
  expect(proveMigration({ migration: parsed.migration, old, new: next, formatAssertion: true }).result).toBe('proved');
  return lines(text).slice(4);
}

describe('proposeMigration', () => {
  it('proposes a cast and asks for the value that only a person knows', () => {
    const { text, gaps, proof } = propose(oldClaim, newClaim);
    expect(gaps).toEqual(['Which policy_number records get that lack it.']);
    expect(proof).toBeUndefined();
    expect(lines(text)).toEqual([
      'from: 2.8.0',
      'to: 3.0.0',
      'dryRun: true',
      'transform:',
      '  - cast: { at: /claim_amount, from: string, to: number }',
      '  - default: { at: /policy_number, value: "<fill in: policy_number of records that lack it>" }',
    ]);
  });

  it('is refused until the value is filled in, and proved then', () => {
    const { text } = propose(oldClaim, newClaim);
    expect(parseMigration({ path, text })).toMatchObject({ problems: [{ problem: 'This is not filled in yet' }] });
    const filled = parseMigration({ path, text: text.replace(/"<fill in.*>"/, 'UNASSIGNED') });
    if ('problems' in filled) throw new Error('refused');
    const proof = proveMigration({ migration: filled.migration, old: oldClaim, new: newClaim, formatAssertion: true });
    expect(proof).toEqual({ result: 'proved', preconditions: ['every claim_amount is a decimal number as text'] });
  });

  it('takes the default of the schema, or the only value it allows', () => {
    expect(
      ready(object({ a: { type: 'string' } }), object({ a: { type: 'string', default: 'x: y' } }, { required: ['a'] })),
    ).toEqual(['  - default: { at: /a, value: "x: y" }']);
    expect(
      ready(object({}, { additionalProperties: false }), object({ kind: { const: 7 } }, { required: ['kind'] })),
    ).toEqual(['  - default: { at: /kind, value: 7 }']);
  });

  it('mentions what the schema offers, but does not put it into records', () => {
    const next = object(
      { a: { enum: ['x', 'y'] }, b: { type: 'string', examples: ['POL-1'] } },
      { required: ['a', 'b'] },
    );
    const { gaps } = propose(object({ a: { enum: ['x', 'y'] }, b: { type: 'string' } }), next);
    expect(gaps).toEqual([
      'Which a records get that lack it (the schema offers "x", "y").',
      'Which b records get that lack it (the schema offers "POL-1").',
    ]);
  });

  it.each<[string, Json, Json, string]>([
    ['text to number', { type: 'string' }, { type: 'number' }, 'from: string, to: number'],
    ['text to whole number', { type: 'string' }, { type: 'integer' }, 'from: string, to: integer'],
    ['text to truth', { type: ['string', 'null'] }, { type: ['boolean', 'null'] }, 'from: string, to: boolean'],
    ['number to text', { type: 'number' }, { type: 'string' }, 'from: number, to: string'],
    ['whole number to text', { type: 'integer' }, { type: ['string', 'null'] }, 'from: integer, to: string'],
    ['number to whole number', { type: 'number' }, { type: 'integer' }, 'from: number, to: integer'],
    ['a mixture to one', { type: ['string', 'number'] }, { type: 'number' }, 'to: number'],
    ['through a reference', { $ref: '#/$defs/text' }, { type: 'number' }, 'from: string, to: number'],
  ])('proposes a cast, proved: %s', (_, old, next, said) => {
    const defs = { $defs: { text: { type: 'string' } } };
    expect(ready(object({ x: old }, defs), object({ x: next }))).toEqual([`  - cast: { at: /x, ${said} }`]);
  });

  it('puts single values into lists, and takes the only one out', () => {
    const text = { type: 'string' };
    const list = { type: 'array', items: text };
    expect(ready(object({ x: text }), object({ x: list }))).toEqual(['  - wrap: { at: /x }']);
    expect(ready(object({ x: { type: ['string', 'array'], items: text } }), object({ x: list }))).toEqual([
      '  - single-to-list: { at: /x }',
    ]);
    expect(ready(object({ x: list }), object({ x: text }))).toEqual(['  - unwrap: { at: /x }']);
    expect(propose(object({ x: list }), object({ x: text })).proof).toMatchObject({
      preconditions: ['every x is a list of one'],
    });
    const nested = (x: Json) => object({ a: { type: 'object', properties: { x } } });
    expect(ready(nested({ type: 'number' }), nested({ type: 'array', items: { type: 'number' } }))).toEqual([
      '  - wrap: { at: /a/x }',
    ]);
  });

  it('asks which time of day a date means, and whether times may be lost', () => {
    const day = object({ x: { type: 'string', format: 'date' } });
    const moment = object({ x: { type: 'string', format: 'date-time' } });
    expect(propose(day, moment)).toMatchObject({
      gaps: ['Which time of day x means: 00:00:00Z is proposed.'],
      proof: { result: 'proved' },
    });
    expect(propose(moment, day)).toMatchObject({
      gaps: ['Whether every x is at 00:00:00Z: a run stops at any other time of day, which would be lost.'],
      proof: { result: 'proved', preconditions: ['every x is a date-time at 00:00:00Z'] },
    });
  });

  it('looks into nested objects', () => {
    const nested = (x: Json, required: string[]) =>
      object({ 'a/b': { type: 'object', properties: { x, y: { default: 0 } }, required } });
    expect(ready(nested({ type: 'string' }, ['x']), nested({ type: 'number' }, ['x', 'y']))).toEqual([
      '  - cast: { at: /a~1b/x, from: string, to: number }',
      '  - default: { at: /a~1b/y, value: 0 }',
    ]);
  });

  it('maps the one value of a member to its new one', () => {
    const versioned = (version: Json) => object({ version }, { required: ['version'] });
    expect(ready(versioned({ const: '2.8.0' }), versioned({ const: '3.0.0' }))).toEqual([
      '  - map: { at: /version, values: { 2.8.0: 3.0.0 } }',
    ]);
    expect(ready(object({ v: { enum: [1] } }), object({ v: { enum: [2] } }))).toEqual([
      '  - map: { at: /v, values: [ [ 1, 2 ] ] }',
    ]);
  });

  it('removes what the new version forbids', () => {
    const closed = { additionalProperties: false };
    expect(ready(object({ a: {}, fax: {} }, closed), object({ a: {} }, closed))).toEqual(['  - remove: { at: /fax }']);
  });

  it('never guesses a rename, and says where there may be one', () => {
    const old = object({ policy_no: { type: 'string' } }, { additionalProperties: false });
    const next = object(
      { policy_number: { type: 'string', default: '?' } },
      { required: ['policy_number'], additionalProperties: false },
    );
    const { gaps, operations } = propose(old, next);
    expect(operations.map(({ name }) => name)).toEqual(['default', 'remove']);
    expect(gaps).toEqual([
      'Whether /policy_no was renamed to policy_number. If so, write `rename: { at: /policy_no, to: policy_number }` in place of its removal and the default.',
    ]);
  });

  it('says what no operation answers', () => {
    const gapsOf = (old: Json, next: Json) => propose(object({ x: old }), object({ x: next })).gaps;
    expect(gapsOf({ type: 'object' }, { type: 'string' })[0]).toBe('How x goes from object to string.');
    expect(gapsOf({ type: 'string' }, { type: 'string', maxLength: 3 })).toEqual([
      'How all records become valid: with these operations a record can still break the new version (/x must NOT have more than 3 characters).',
    ]);
  });

  it('asks what becomes of values that are not allowed any more', () => {
    const draftOf = (old: Json, next: Json) => {
      const { text, gaps } = propose(object({ x: old }), object({ x: next }));
      return [...lines(text).slice(4), ...gaps];
    };
    expect(draftOf({ type: ['string', 'null'] }, { type: 'string' })).toEqual([
      '  - map: { at: /x, values: [ [ null, "<fill in: what x null becomes>" ] ], otherwise: keep }',
      'What becomes of records where x is null: not allowed any more.',
    ]);
    expect(draftOf({ enum: ['A', 'B', 'C'] }, { enum: ['A', 'D'] })).toEqual([
      '  - map: { at: /x, values: { B: \'<fill in: what x "B" becomes>\', C: \'<fill in: what x "C" becomes>\' }, otherwise: keep }',
      'What becomes of records where x is "B", "C": not allowed any more.',
    ]);
    expect(ready(object({ x: { type: ['number', 'null'] } }), object({ x: { type: 'number', default: 0 } }))).toEqual([
      '  - map: { at: /x, values: [ [ null, 0 ] ], otherwise: keep }',
    ]);
    expect(ready(object({ x: { type: ['string', 'null'] } }), object({ x: { type: 'number', default: 0 } }))).toEqual([
      '  - cast: { at: /x, from: string, to: number }',
      '  - map: { at: /x, values: [ [ null, 0 ] ], otherwise: keep }',
    ]);
    expect(ready(object({ x: { enum: ['1', '2'] } }), object({ x: { enum: [1, 2, 3] } }))).toEqual([
      '  - cast: { at: /x, from: string, to: number }',
    ]);
  });

  it('asks for versions that the schemas do not name', () => {
    const { text, gaps } = proposeMigration({
      old: oldClaim,
      new: oldClaim,
      oldVersion: undefined,
      newVersion: undefined,
      recommended: '3.0.0',
      set: { formatAssertion: true },
    });
    expect(gaps).toEqual(['Which version the records have now: the old schema does not say.']);
    expect(lines(text)[1]).toBe('to: 3.0.0');
    expect(parseMigration({ path, text })).toHaveProperty('problems');
  });

  it('is not led astray by names that strangers choose', () => {
    const name = 'x\n  - remove: { at: /claim_id }\n#';
    const old = object({ [name]: { type: 'string' }, __proto__x: {} });
    const next = object({ [name]: { type: 'number' }, [`${name}2`]: {} }, { required: [`${name}2`] });
    const { text } = propose(old, next);
    const parsed = parseMigration({ path, text: text.replace(/"<fill in.*>"/, '1') });
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.migration.transform.map(({ name }) => name)).toEqual(['cast', 'default']);
    expect(text.split('\n').every((line) => !line.startsWith('  - remove'))).toBe(true);
  });
});
