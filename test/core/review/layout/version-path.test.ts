import { describe, expect, it } from 'vitest';
import type { SchemaSet } from '../../../../core/configuration/configuration.ts';
import { compareVersions } from '../../../../core/review/layout/version-order.ts';
import { namingFault, versionPath } from '../../../../core/review/layout/version-path.ts';

const set = (naming?: string): SchemaSet => ({
  files: '**',
  compatibility: 'BACKWARD',
  formatAssertion: false,
  layout: 'immutable',
  ...(naming === undefined ? {} : { naming }),
});

describe('versionPath', () => {
  it('reads Iglu paths by default, with the vendor in the name', () => {
    expect(versionPath('schemas/com.acme/claim/jsonschema/1-0-2', set())).toEqual({
      family: 'schemas/com.acme/claim/jsonschema/{version}',
      name: 'com.acme.claim',
      version: '1-0-2',
    });
  });

  it.each([
    ['{name}/{version}', 'schemas/claim/1.2.0.json', 'schemas/claim/{version}', 'claim', '1.2.0'],
    ['{name}/{version}', 'schemas/claim/1.2.0-rc.1.schema.json', 'schemas/claim/{version}', 'claim', '1.2.0-rc.1'],
    ['{name}.v{version}', 'claim.v2.json', 'claim.v{version}', 'claim', '2'],
    ['{name}.v{version}.json', 'a/claim.v12.yaml', 'a/claim.v{version}', 'claim', '12'],
    ['v{version}/{name}', 'schemas/v3/claim.json', 'schemas/v{version}/claim', 'claim', '3'],
    ['{name}/{version}', 'schemas/1.0.0/1.0.0.json', 'schemas/1.0.0/{version}', '1.0.0', '1.0.0'],
  ])('reads %s in %s', (naming, path, family, name, version) => {
    expect(versionPath(path, set(naming))).toEqual({ family, name, version });
  });

  it('says nothing of paths that name no version, and of sets with another layout', () => {
    expect(versionPath('schemas/com.acme/claim/jsonschema/1-0', set())).toBeUndefined();
    expect(versionPath('schemas/README.md', set())).toBeUndefined();
    expect(versionPath('claim/1.0.json', set('{name}/{version}'))).toBeUndefined();
    expect(versionPath('a/b/jsonschema/1-0-0', { ...set(), layout: 'mutable' })).toBeUndefined();
  });
});

describe('namingFault', () => {
  it('refuses what cannot tell versions apart', () => {
    expect(namingFault('{name}/{version}')).toBeUndefined();
    expect(namingFault('{vendor}/{name}/jsonschema/{version}')).toBeUndefined();
    for (const bad of [
      '{name}',
      '{version}',
      '{name}{version}',
      '{name}/{version}/{version}',
      '{name}/{versions}/{version}',
      '../{name}/{version}',
    ]) {
      expect(namingFault(bad)).toBeDefined();
    }
  });
});

describe('compareVersions', () => {
  it('orders versions of every spelling', () => {
    const sorted = ['1-0-10', '2', '1-0-9', '10.0.0', '2.1.0-rc.1', '2.1.0', '1-0-0'].sort(compareVersions);
    expect(sorted).toEqual(['1-0-0', '1-0-9', '1-0-10', '2', '2.1.0-rc.1', '2.1.0', '10.0.0']);
    expect(compareVersions('1.0.0', '1-0-0')).toBe(0);
    expect(compareVersions('2', '2.0.0')).toBe(0);
    expect(compareVersions('99999999999999999999', '100000000000000000000')).toBe(-1);
  });
});
