import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../../../core/approval/codeowners/owners-of.ts';
import { parseCodeOwners } from '../../../../core/approval/codeowners/parse.ts';

const owners = (text: string, path: string): string[] => {
  const { users, teams, addresses } = ownersOf(parseCodeOwners(text), path);
  return [...users, ...teams, ...addresses];
};

describe('CODEOWNERS', () => {
  it.each<[string, string, boolean]>([
    ['*', 'schemas/claim.json', true],
    ['*.json', 'schemas/a/claim.json', true],
    ['*.json', 'schemas/claim.yml', false],
    ['schemas/', 'schemas/claim.json', true],
    ['schemas/', 'deep/schemas/a/claim.json', true],
    ['/schemas/', 'deep/schemas/claim.json', false],
    ['/schemas', 'schemas/a/claim.json', true],
    ['schemas', 'deep/schemas/claim.json', true],
    ['schemas/*', 'schemas/claim.json', true],
    ['schemas/*', 'schemas/a/claim.json', false],
    ['schemas/**', 'schemas/a/b/claim.json', true],
    ['schemas/**', 'schemas', false],
    ['**/claims', 'a/b/claims/claim.json', true],
    ['schemas/**/claim.json', 'schemas/claim.json', true],
    ['schemas/**/claim.json', 'schemas/a/b/claim.json', true],
    ['schemas/claims', 'deep/schemas/claims/x.json', false],
    ['schemas/cl?im.json', 'schemas/claim.json', true],
    ['schemas/cl*m.json', 'schemas/claim.json', true],
    ['schemas/CLAIM.json', 'schemas/claim.json', false],
    ['schemas/claim.json', 'schemas/claim.json', true],
    ['schemas/my\\ claim.json', 'schemas/my claim.json', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(owners(`${pattern} @developer`, path)).toEqual(matches ? ['developer'] : []);
  });

  it('lets the last line that matches decide, also when it names nobody', () => {
    const text = '* @all\n/schemas/ @acme/platform @developer\n/schemas/free.json\n';
    expect(owners(text, 'x.json')).toEqual(['all']);
    expect(owners(text, 'schemas/claim.json')).toEqual(['developer', 'acme/platform']);
    expect(owners(text, 'schemas/free.json')).toEqual([]);
  });

  it('knows comments, addresses, and lines that GitHub leaves out', () => {
    const text = [
      '# * @nobody',
      '* @developer someone@example.org # @release-manager',
      '!*.json @release-manager',
      '[a-z].json @release-manager',
      '*.json release-manager',
      '*.json @',
      '',
    ].join('\r\n');
    expect(owners(text, 'a.json')).toEqual(['developer', 'someone@example.org']);
  });

  it('is quick with hostile patterns', () => {
    const text = `${'*a'.repeat(200)}b @developer\n${'**/a/'.repeat(80)}b @developer\n`;
    expect(owners(text, `${'a/'.repeat(2000)}${'a'.repeat(2000)}`)).toEqual([]);
  });
});
