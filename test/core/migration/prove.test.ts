import { describe, expect, it } from 'vitest';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { proveMigration } from '../../../core/migration/prove.ts';
import { applyTransform } from '../../../core/migration/transform.ts';
import type { SchemaBundle } from '../../../core/schema/document.ts';
import type { Json } from '../../../core/schema/json.ts';
import { validatorFor } from '../../../core/schema/validator.ts';
import { bundleOf, newClaim, oldClaim } from './insurance-claim.ts';

function migrationOf(...operations: Json[]) {
  const text = JSON.stringify({ schema: 's', from: '1', to: '2', transform: operations });
  const result = parseMigration({ path: 'migration.json', text });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.migration;
}

/** A refutation is only one when ajv agrees; every test of one goes through here. */
function prove(old: SchemaBundle, next: SchemaBundle, ...operations: Json[]) {
  const migration = migrationOf(...operations);
  const proof = proveMigration({ migration, old, new: next, formatAssertion: true });
  const record = 'record' in proof ? proof.record : undefined;
  const check = {
    oldAccepts: record === undefined || validatorFor(old, { formatAssertion: true })(record).length === 0,
    newRefuses:
      record === undefined ||
      validatorFor(next, { formatAssertion: true })(applyTransform(migration.transform, record)).length > 0,
  };
  expect(check).toEqual({ oldAccepts: true, newRefuses: true });
  return proof;
}

const amount = { cast: { at: '/claim_amount', from: 'string', to: 'number' } };
const policy = { default: { at: '/policy_number', value: 'UNASSIGNED' } };
const object = (properties: { [name: string]: Json }, more: { [keyword: string]: Json } = {}) =>
  bundleOf({ type: 'object', properties, ...more });

describe('proveMigration', () => {
  it('proves the whole transform, naming what it takes for granted', () => {
    expect(prove(oldClaim, newClaim, amount, policy)).toEqual({
      result: 'proved',
      preconditions: ['every claim_amount is a decimal number as text'],
    });
  });

  it('takes nothing for granted that the old version promises', () => {
    const old = object({ x: { type: 'string', pattern: '^[1-9][0-9]*$', maxLength: 12 } });
    const next = object({ x: { type: 'number' } });
    expect(prove(old, next, { cast: { at: '/x', to: 'number' } })).toEqual({ result: 'proved', preconditions: [] });
  });

  it('refutes a transform that forgets a required member, with a record', () => {
    const proof = prove(oldClaim, newClaim, amount);
    expect(proof).toMatchObject({
      result: 'refuted',
      reason: "the record must have required property 'policy_number'",
    });
  });

  it('refutes a default that the new version does not allow', () => {
    const next = bundleOf({
      ...(newClaim.root.value as object),
      properties: { claim_id: {}, claim_amount: {}, policy_number: { type: 'string', pattern: '^POL-' } },
    });
    expect(prove(oldClaim, next, amount, policy)).toMatchObject({ result: 'refuted' });
  });

  it('refutes the empty transform of a breaking change', () => {
    expect(prove(oldClaim, newClaim)).toMatchObject({ result: 'refuted' });
  });

  it('proves the empty transform of a compatible change', () => {
    expect(prove(oldClaim, oldClaim)).toEqual({ result: 'proved', preconditions: [] });
  });

  it('follows members through renames, moves, maps, wraps and removals', () => {
    const old = object(
      {
        policy_no: { type: 'string' },
        city: { type: 'string' },
        status: { enum: ['A', 'I'] },
        phone: { type: 'string' },
        fax: {},
      },
      { required: ['policy_no', 'city', 'status'], additionalProperties: false },
    );
    const next = object(
      {
        policy_number: { type: 'string' },
        address: {
          type: 'object',
          required: ['city'],
          properties: { city: { type: 'string' } },
          additionalProperties: false,
        },
        status: { enum: ['active', 'inactive'] },
        phones: { type: 'array', items: { type: 'string' }, minItems: 1 },
      },
      { required: ['policy_number', 'address', 'status'], additionalProperties: false },
    );
    const operations: Json[] = [
      { rename: { at: '/policy_no', to: 'policy_number' } },
      { set: { at: '/address', value: {} } },
      { move: { at: '/city', to: '/address/city' } },
      { map: { at: '/status', values: { A: 'active', I: 'inactive' } } },
      { wrap: { at: '/phone' } },
      { rename: { at: '/phone', to: 'phones' } },
      { remove: { at: '/fax' } },
    ];
    expect(prove(old, next, ...operations)).toEqual({ result: 'proved', preconditions: [] });
    for (const [index] of operations.entries())
      expect(prove(old, next, ...operations.toSpliced(index, 1)).result).not.toBe('proved');
  });

  it('names that a new name must be free where the old version leaves members open', () => {
    expect(
      prove(object({ a: { type: 'string' } }), object({ b: { type: 'string' } }), { rename: { at: '/a', to: 'b' } }),
    ).toEqual({
      result: 'proved',
      preconditions: ['no record has b already'],
    });
  });

  it('follows members into an object and out of it', () => {
    const flat = object(
      { street: { type: 'string' }, city: { type: 'string' } },
      { required: ['city'], additionalProperties: false },
    );
    const address = { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } };
    const nested = object({ address: { ...address, required: ['city'], additionalProperties: false } });
    const members = ['street', 'city'];
    expect(prove(flat, nested, { nest: { at: '/address', members } })).toEqual({ result: 'proved', preconditions: [] });
    expect(prove(nested, flat, { remove: { at: '/x' } }, { flatten: { at: '/address', members } }).result).not.toBe(
      'proved',
    );
    const closed = object(
      { address: { ...address, required: ['city'], additionalProperties: false } },
      { required: ['address'], additionalProperties: false },
    );
    expect(prove(closed, flat, { flatten: { at: '/address', members } })).toEqual({
      result: 'proved',
      preconditions: [],
    });
    expect(prove(flat, closed).result).not.toBe('proved');
    expect(
      prove(flat, object({ address: { ...address, required: ['street'] } }), { nest: { at: '/address', members } }),
    ).toMatchObject({ result: 'refuted', reason: "/address must have required property 'street'" });
  });

  it('follows values into lists and out of them', () => {
    const single = object({ phone: { type: ['string', 'array'], items: { type: 'string' } } });
    const list = object({ phone: { type: 'array', items: { type: 'string' } } });
    expect(prove(single, list, { 'single-to-list': { at: '/phone' } })).toEqual({
      result: 'proved',
      preconditions: [],
    });
    expect(prove(list, object({ phone: { type: 'string' } }), { 'list-to-single': { at: '/phone' } })).toEqual({
      result: 'proved',
      preconditions: ['no phone is an empty list'],
    });
    expect(
      prove(list, object({ phone: { type: 'string' } }), { 'list-to-single': { at: '/phone', empty: null } }),
    ).toMatchObject({ result: 'refuted' });
  });

  it('follows numbers through their spellings', () => {
    const text = object({ price: { type: 'string', pattern: '^[1-9][0-9]?,[0-9][0-9]$' } });
    const number = object({ price: { type: 'number' } });
    expect(prove(text, number, { 'text-to-number': { at: '/price', decimal: ',' } })).toEqual({
      result: 'proved',
      preconditions: [],
    });
    expect(
      prove(number, object({ price: { type: 'string', pattern: '^-?[0-9]' } }), {
        'number-to-text': { at: '/price', decimal: ',', group: '.' },
      }),
    ).toEqual({ result: 'proved', preconditions: [] });
    expect(prove(number, object({ price: { type: 'integer' } }), { round: { at: '/price', digits: 0 } })).toEqual({
      result: 'proved',
      preconditions: [],
    });
    expect(
      prove(number, object({ price: { type: 'integer' } }), { 'shift-decimals': { at: '/price', by: 2 } }).result,
    ).toBe('refuted');
    expect(
      prove(object({ price: { type: 'integer', minimum: 0 } }), object({ price: { type: 'integer', minimum: 0 } }), {
        'shift-decimals': { at: '/price', by: 2 },
      }),
    ).toEqual({ result: 'proved', preconditions: ['every price is a number up to 1e298'] });
  });

  it('proves what is done to some records only', () => {
    const old = object(
      { unit: { enum: ['cent', 'euro'] }, amount: { type: 'string', pattern: '^[1-9]$' } },
      { required: ['unit'] },
    );
    const next = object({
      unit: { enum: ['euro'] },
      amount: { type: 'string', pattern: '^[1-9]$' },
      cents: { enum: [true] },
    });
    const mark = [{ set: { at: '/cents', value: true } }, { set: { at: '/unit', value: 'euro' } }];
    expect(prove(old, next, { remove: { at: '/cents' } }, { when: { at: '/unit', is: 'cent', do: mark } })).toEqual({
      result: 'proved',
      preconditions: [],
    });
    expect(
      prove(old, next, { remove: { at: '/cents' } }, { when: { at: '/unit', is: 'penny', do: mark } }).result,
    ).toBe('refuted');
  });

  it('proves that every day of the calendar becomes a date-time', () => {
    const old = object({ admitted: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } });
    const next = object({ admitted: { type: 'string', format: 'date-time' } });
    expect(prove(old, next, { 'date-to-date-time': { at: '/admitted' } })).toEqual({
      result: 'proved',
      preconditions: ['every admitted is a day of the calendar (YYYY-MM-DD)'],
    });
  });

  it('follows the branches of a choice', () => {
    const branch = (kind: string, more: { [name: string]: Json }) => ({
      type: 'object',
      properties: { kind: { enum: [kind] }, ...more },
      required: ['kind'],
      additionalProperties: false,
    });
    const old = bundleOf({ oneOf: [branch('a', { n: { type: 'boolean' } }), branch('b', { n: { enum: ['7'] } })] });
    const next = bundleOf({ anyOf: [branch('a', { m: { type: 'string' } }), branch('b', { m: { enum: ['7'] } })] });
    const operations = [{ cast: { at: '/n', to: 'string' } }, { rename: { at: '/n', to: 'm' } }];
    expect(prove(old, next, ...operations)).toEqual({ result: 'proved', preconditions: [] });
  });

  describe('with schemas in several files', () => {
    const files = (money: Json) => new Map([['schemas/money.json', bundleOf(money, 'schemas/money.json').root]]);
    const claim = (x: Json, money: Json) => ({ ...object({ x, total: { $ref: 'money.json' } }), files: files(money) });
    const cast = { cast: { at: '/x', from: 'string', to: 'number' } };
    const amount = { cast: { at: '/total', from: 'string', to: 'number' } };
    const digits = { type: 'string', pattern: '^[1-9]$' };

    it('proves what is done beside a reference, and to what one names', () => {
      const old = claim(digits, digits);
      expect(prove(old, claim({ type: 'number' }, digits), cast)).toEqual({ result: 'proved', preconditions: [] });
      expect(prove(old, claim(digits, { type: 'number' }), amount)).toEqual({ result: 'proved', preconditions: [] });
      expect(prove(old, claim(digits, { type: 'number' }), cast).result).toBe('refuted');
    });

    it('does not prove where a file refers back to what is edited', () => {
      const old = claim(digits, { anyOf: [digits, { $ref: 'insurance-claim.json#/properties/x' }] });
      expect(prove(old, claim({ type: 'number' }, true), cast)).toEqual({
        result: 'unproved',
        reason: 'the old version refers to itself through another file',
      });
    });
  });

  it('does not prove what it does not understand', () => {
    const old = object(
      { x: { type: 'string', pattern: '^[1-9]$' } },
      { patternProperties: { '^x': { minLength: 1 } } },
    );
    expect(prove(old, object({ x: { type: 'number' } }), { cast: { at: '/x', to: 'number' } })).toEqual({
      result: 'unproved',
      reason: 'what "cast x to number" makes of the old version is not known: the schema has patternProperties',
    });
  });

  it('does not prove what a double cannot hold', () => {
    const text = '{"type":"object","properties":{"x":{"const":12345678901234567890}}}';
    const exact = bundleOf({});
    const old = { ...exact, root: { ...exact.root, text, inexactNumbers: ['/properties/x/const'] } };
    expect(proveMigration({ migration: migrationOf(), old, new: exact, formatAssertion: true })).toMatchObject({
      result: 'unproved',
    });
  });

  it('stays silent about a bound that a number from text may break', () => {
    const proof = prove(object({ x: { type: 'string' } }), object({ x: { type: 'number', minimum: 0 } }), {
      cast: { at: '/x', from: 'string', to: 'number' },
    });
    expect(proof).toMatchObject({ result: 'refuted', reason: '/x must be >= 0' });
  });
});
