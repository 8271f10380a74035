import { describe, expect, it } from 'vitest';
import type { Change } from '../../../core/compatibility/change.ts';
import { attribute } from '../../../core/impact/attribute.ts';

const change = (kind: string, subject: string, pointer: string): Change => ({
  kind,
  subject,
  pointer,
  side: 'new',
  path: 'a.json',
  line: 1,
  summary: '',
  backward: { verdict: 'undecided', reason: '', pointer: '' },
  forward: { verdict: 'compatible' },
});
const type = change('type-changed', 'claim_amount', '/properties/claim_amount/type');
const minimum = change('minimum-raised', 'claim_amount', '/properties/claim_amount/minimum');
const required = change('required-added', 'policy_number', '/required/1');
const city = change('type-changed', 'address.city', '/properties/address/properties/city/type');
const address = change('openness', 'address', '/properties/address/additionalProperties');
const item = change('type-changed', 'tags[]', '/properties/tags/items/type');
const changes = [type, minimum, required, city, address, item];

const blame = (at: string, keyword: string, member?: string) => [
  ...attribute([{ at, message: '', keyword, ...(member === undefined ? {} : { member }) }], changes),
];

describe('attribute', () => {
  it('blames the change of the keyword at the place', () => {
    expect(blame('/claim_amount', 'type')).toEqual([type]);
    expect(blame('/claim_amount', 'minimum')).toEqual([minimum]);
    expect(blame('/tags/3', 'type')).toEqual([item]);
    expect(blame('/address/city', 'type')).toEqual([city]);
  });

  it('finds what is missing or not allowed by the member', () => {
    expect(blame('', 'required', 'policy_number')).toEqual([required]);
    expect(blame('/address', 'additionalProperties', 'street')).toEqual([address]);
  });

  it('blames every change of the place when none is about the keyword, the innermost place first', () => {
    expect(blame('/claim_amount', 'anyOf')).toEqual([type, minimum]);
    expect(blame('/address/city', 'pattern')).toEqual([city]);
  });

  it('blames nobody for what no change is about', () => {
    expect(blame('/claim_date', 'format')).toEqual([]);
    expect(blame('', 'required', 'claim_id')).toEqual([]);
  });
});
