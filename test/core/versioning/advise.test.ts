import { describe, expect, test } from 'vitest';
import { compare } from '../../../core/compatibility/compare.ts';
import type { CompatibilityMode } from '../../../core/compatibility/verdict.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { adviseVersion } from '../../../core/versioning/advise.ts';
import { declaredVersion } from '../../../core/versioning/declared-version.ts';

const document = (value: unknown, path = 'schemas/claim.json') => parseSchema({ path, text: JSON.stringify(value) });

function advise(old: unknown, next: unknown, versions: [string?, string?], mode: CompatibilityMode = 'BACKWARD') {
  const comparison = compare(loneBundle(document(old)), loneBundle(document(next)), { mode, formatAssertion: false });
  return adviseVersion({ comparison, oldVersion: versions[0], newVersion: versions[1] });
}

describe('the version that a schema declares', () => {
  test.each([
    [{ version: '2.8.0' }, 'schemas/claim.json', '2.8.0'],
    [{ $id: 'https://acme.test/claim/2.8.0' }, 'schemas/claim.json', '2.8.0'],
    [{ $id: 'https://acme.test/claim-v2.8.0.schema.json' }, 'schemas/claim.json', '2.8.0'],
    [{ $id: 'https://acme.test/2.8.0/claim.json' }, 'schemas/claim.json', '2.8.0'],
    [{ self: { version: '1-0-3' } }, 'schemas/claim.json', '1-0-3'],
    [{}, 'schemas/com.acme/claim/jsonschema/1-0-3', '1-0-3'],
    [{ version: '3.0.0-rc.1', $id: 'https://acme.test/claim/2.8.0' }, 'schemas/claim.json', '3.0.0-rc.1'],
    [{ version: 'draft' }, 'schemas/claim.json', undefined],
    [{ properties: { version: { const: '1.0.0' } } }, 'schemas/claim.json', undefined],
  ])('%j in %s is %s', (value, path, version) => {
    expect(declaredVersion(document(value, path))).toBe(version);
  });
});

describe('the smallest honest bump', () => {
  const [integer, number] = [{ type: 'integer' }, { type: 'number' }];
  test('a break is major, and a smaller version is not honest', () => {
    expect(advise(number, integer, ['2.8.0', '2.9.0'])).toEqual({
      bump: 'major',
      recommended: '3.0.0',
      declared: '2.9.0',
      honest: false,
    });
    expect(advise(number, integer, ['2.8.0', '3.0.0']).honest).toBe(true);
    expect(advise(number, integer, ['2.8.0', '4.1.0']).honest).toBe(true);
  });
  test('what only admits more is minor', () => {
    expect(advise(integer, number, ['2.8.0', '2.8.1'])).toMatchObject({
      bump: 'minor',
      recommended: '2.9.0',
      honest: false,
    });
  });
  test('the same in other words is a patch, and nothing is none', () => {
    expect(advise(integer, { ...integer, title: 'n' }, ['2.8.0', '2.8.1'])).toMatchObject({
      bump: 'patch',
      recommended: '2.8.1',
      honest: true,
    });
    expect(advise(integer, integer, ['2.8.0', '2.8.0'])).toMatchObject({ bump: 'none', honest: true });
  });
  test('what breaks depends on the mode', () => {
    expect(advise(integer, number, ['1.0.0', '1.1.0'], 'FORWARD').bump).toBe('major');
    expect(advise(number, integer, ['1.0.0', '1.0.1'], 'NONE').bump).toBe('major');
  });
  test('before 1.0.0 a break counts up the second number', () => {
    expect(advise(number, integer, ['0.3.1', '0.4.0'])).toMatchObject({
      bump: 'major',
      recommended: '0.4.0',
      honest: true,
    });
  });
  test('a candidate for the right version is honest', () => {
    expect(advise(number, integer, ['2.8.0', '3.0.0-rc.1']).honest).toBe(true);
  });
  test('without versions there is nothing to be dishonest about, but a version may not vanish', () => {
    expect(advise(number, integer, [])).toMatchObject({ recommended: undefined, honest: true });
    expect(advise(number, integer, ['1.0.0']).honest).toBe(false);
  });
  test('Iglu counts models, revisions and additions', () => {
    expect(advise(number, integer, ['1-0-3', '1-0-4'])).toMatchObject({
      bump: 'major',
      recommended: '2-0-0',
      honest: false,
    });
    expect(advise(integer, number, ['1-0-3', '1-0-4'])).toMatchObject({
      bump: 'patch',
      recommended: '1-0-4',
      honest: true,
    });
  });
});
