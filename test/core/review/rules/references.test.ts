import { describe, expect, it } from 'vitest';
import { foundBy } from './facts-of.ts';

const refers = (reference: string, more: object = {}) =>
  JSON.stringify({ version: '1.1.0', properties: { a: { $ref: reference } }, ...more }, null, 1);

describe('deprecated-reference', () => {
  const base = {
    'schemas/a.json': '{"version":"1.0.0"}',
    'shared/old.json': '{"deprecated":true,"type":"string","definitions":{"x":{"type":"string"}}}',
    'shared/new.json': '{"type":"string","definitions":{"x":{"x-deprecated":true}}}',
  };
  const found = (text: string, written?: string) =>
    foundBy('deprecated-reference', base, { 'schemas/a.json': text }, written);

  it('finds references to what says that it is deprecated', async () => {
    expect(await found(refers('../shared/old.json'))).toMatchInlineSnapshot(`
      [
        "schemas/a.json:5 \`../shared/old.json\` is deprecated. Refer to what replaces it.",
      ]
    `);
    expect(await found(refers('../shared/old.json#/definitions/x'))).toHaveLength(1);
    expect(await found(refers('../shared/new.json#/definitions/x'))).toHaveLength(1);
    expect(await found(refers('#/$defs/x', { $defs: { x: { deprecated: true } } }))).toHaveLength(1);
    expect(await found(refers('../shared/new.json'))).toEqual([]);
  });

  it('finds references to what the configuration lists, and says what to use', async () => {
    expect(
      await found(refers('../shared/new.json'), 'deprecated: [{ files: "shared/**", instead: shared/newer.json }]'),
    ).toMatchInlineSnapshot(`
      [
        "schemas/a.json:5 \`../shared/new.json\` is deprecated. Instead: shared/newer.json.",
      ]
    `);
  });
});

describe('example-files', () => {
  const schema = '{"version":"1.0.0","type":"object","required":["id"]}';
  const base = {
    's/claim.json': schema,
    's/examples/claim.json': '{"id":1}',
    's/examples/claim.big.yaml': 'id: 1\nmore: 2\n',
    's/examples/claim/x.json': '{"id":1}',
  };
  const written = 'schemas: [{ files: "s/*.json" }]';
  const found = (head: Readonly<Record<string, string>>) => foundBy('example-files', base, head, written);

  it('tries the examples beside a schema that changes', async () => {
    const next = schema.replace('"id"]', '"id","more"]').replace('1.0.0', '2.0.0');
    expect(await found({ 's/claim.json': next })).toMatchInlineSnapshot(`
      [
        "s/examples/claim.json:1 This example of \`s/claim.json\` is not valid: it must have required property 'more'. Correct it, or the schema.",
        "s/examples/claim/x.json:1 This example of \`s/claim.json\` is not valid: it must have required property 'more'. Correct it, or the schema.",
      ]
    `);
    expect(await found({ 's/claim.json': schema.replace('1.0.0', '1.0.1') })).toEqual([]);
  });

  it('tries examples that change, when the schema does not', async () => {
    expect(await found({ 's/examples/claim.new.json': '{}' })).toMatchInlineSnapshot(`
      [
        "s/examples/claim.new.json:1 This example of \`s/claim.json\` is not valid: it must have required property 'id'. Correct it, or the schema.",
      ]
    `);
    expect(await found({ 's/examples/claim.new.json': '{' })).toHaveLength(1);
    expect(
      await found({
        's/examples/other.json': '{}',
        'examples/claim.json': '{}',
        's/examples/claim.new.json': '{"id":2}',
      }),
    ).toEqual([]);
  });

  it('takes no schema for an example', async () => {
    expect(
      await found({ 's/examples/claim.part.json': '{"$schema":"http://json-schema.org/draft-07/schema#"}' }),
    ).toEqual([]);
  });
});

describe('schema-uncovered', () => {
  const schema = '{"$schema":"http://json-schema.org/draft-07/schema#","type":"string"}';

  it('finds new schemas that nobody watches', async () => {
    expect(
      await foundBy('schema-uncovered', {}, { 'lib/claim.json': schema, 'lib/data.json': '{}' }),
    ).toMatchInlineSnapshot(`
      [
        "lib/claim.json:1 This is a JSON Schema, and no set of the configuration covers it: its changes are not checked. Add it to \`schemas\` in the configuration, or move it to where schemas are.",
      ]
    `);
    expect(await foundBy('schema-uncovered', { 'lib/claim.json': '{}' }, { 'lib/claim.json': schema })).toEqual([]);
    const used = { 'lib/claim.json': schema, 'schemas/a.json': '{"$ref":"../lib/claim.json"}' };
    expect(await foundBy('schema-uncovered', {}, used)).toEqual([]);
  });
});

describe('schema-allows-all', () => {
  it('finds schemas that assert nothing', async () => {
    for (const text of ['{}', 'true', '{"title":"x","$defs":{"a":{"type":"string"}},"properties":{}}']) {
      expect(await foundBy('schema-allows-all', {}, { 'schemas/a.json': text })).toHaveLength(1);
    }
    for (const text of [
      'false',
      '{"type":"object"}',
      '{"$ref":"#/$defs/a","$defs":{"a":{}}}',
      '{"properties":{"a":{}}}',
    ]) {
      expect(await foundBy('schema-allows-all', {}, { 'schemas/a.json': text })).toEqual([]);
    }
  });
});

describe('compatibility-off', () => {
  it('says what the mode NONE lets through', async () => {
    const none = 'schemas: [{ files: "schemas/**", compatibility: NONE }]';
    const change = (from: string, to: string) =>
      foundBy('compatibility-off', { 'schemas/a.json': from }, { 'schemas/a.json': to }, none);
    expect(await change('{"type":"number"}', '{"type":"string"}')).toMatchInlineSnapshot(`
      [
        "schemas/a.json:1 Nothing asks whether a stays compatible (mode NONE), and this change can break whoever reads old documents with the new version and whoever reads new documents with the old version. Choose a mode for its set, or tell them.",
      ]
    `);
    expect(await change('{"type":"number"}', '{"type":["number"]}')).toEqual([]);
  });
});
