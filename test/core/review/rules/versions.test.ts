import { describe, expect, it } from 'vitest';
import { foundBy } from './facts-of.ts';

const layout = 'schemas: [{ files: "s/**", layout: immutable, naming: "{name}/{version}" }]\n';
const base = {
  's/claim/1.0.0.json': '{"type":"integer"}',
  'schemas/claim.json': '{"type":"integer","version":"1.0.0"}',
};

describe('version-taken', () => {
  it('finds a second file of a version', async () => {
    expect(
      await foundBy('version-taken', base, { 's/claim/1.0.0.yaml': 'type: string' }, layout),
    ).toMatchInlineSnapshot(`
      [
        "s/claim/1.0.0.yaml:1 Version 1.0.0 of claim is in \`s/claim/1.0.0.json\` as well. Give this one the next version.",
      ]
    `);
    const twice = { 's/claim/1.1.0.yaml': 'type: string', 's/claim/1.1.0.json': '{}' };
    expect(await foundBy('version-taken', base, twice, layout)).toHaveLength(2);
    expect(
      await foundBy('version-taken', base, { 's/claim/1.1.0.json': '{}', 's/other/1.0.0.json': '{}' }, layout),
    ).toEqual([]);
  });
});

describe('version-claimed', () => {
  const claimed = (path: string, text: string | undefined) => ({ claims: [{ pullRequest: 12, path, text }] });
  const next = { 's/claim/1.1.0.json': '{"type":"number"}' };

  it('finds the same version in another open pull request', async () => {
    expect(
      await foundBy('version-claimed', base, next, layout, claimed('s/claim/1.1.0.json', '{"type":"string"}')),
    ).toMatchInlineSnapshot(`
      [
        "s/claim/1.1.0.json:1 Pull request #12 brings version 1.1.0 of claim as well, and says something else in it. Agree which of the two goes first; the other takes the version after it.",
      ]
    `);
    expect(await foundBy('version-claimed', base, next, layout, claimed('s/claim/1.1.0.yaml', undefined))).toHaveLength(
      1,
    );
    const mutable = { 'schemas/claim.json': '{"type":"number","version":"1.1.0"}' };
    const theirs = '{"type":"string","version":"1.1.0"}';
    expect(await foundBy('version-claimed', base, mutable, '', claimed('schemas/claim.json', theirs))).toHaveLength(1);
  });

  it('says nothing of other versions, of the same content, and of what is broken', async () => {
    expect(await foundBy('version-claimed', base, next, layout, claimed('s/claim/1.2.0.json', '{}'))).toEqual([]);
    expect(
      await foundBy('version-claimed', base, next, layout, claimed('s/claim/1.1.0.json', '{"type":"number"}')),
    ).toEqual([]);
    const mutable = { 'schemas/claim.json': '{"type":"number","version":"1.1.0"}' };
    for (const text of ['{"type":"string","version":"1.0.0"}', '{', undefined]) {
      expect(await foundBy('version-claimed', base, mutable, '', claimed('schemas/claim.json', text))).toEqual([]);
    }
  });
});

describe('version-missing', () => {
  const on = 'rules: { version-missing: warning }';

  it('asks a new schema for its version', async () => {
    expect(
      await foundBy('version-missing', base, { 'schemas/new.json': '{"type":"string"}' }, on),
    ).toMatchInlineSnapshot(`
      [
        "schemas/new.json:1 The schema names no version, so no version of it is published and nobody can pin one. Write "version": "1.0.0".",
      ]
    `);
    expect(await foundBy('version-missing', base, { 'schemas/new.json': '{"version":"1.0.0"}' }, on)).toEqual([]);
    expect(
      await foundBy('version-missing', { 'schemas/old.json': '{"type":"string"}' }, { 'schemas/old.json': '{}' }, on),
    ).toEqual([]);
  });
});
