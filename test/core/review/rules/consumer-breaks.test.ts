import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { foundBy } from './facts-of.ts';

const path = 'schemas/claim.json';
const claim = (version: string, amount: object, more: object = {}) =>
  JSON.stringify({ version, type: 'object', additionalProperties: false, properties: { amount, ...more } });

const base = {
  [path]: claim('2.0.0', { type: 'number' }),
  'pins/claim-1.json': claim('1.0.0', { type: 'integer' }),
};
const billing = (rest: string) => `consumers: [{ service: billing, schema: claim, ${rest} }]`;
const found = (head: object, rest: string) =>
  foundBy('consumer-breaks', base, { [path]: claim('2.1.0', head) }, billing(rest));

describe('consumer-breaks', () => {
  it('asks of readers that they understand what is new', async () => {
    expect(await found({ type: ['number', 'null'] }, 'reads: 2.0.0')).toMatchInlineSnapshot(`
      [
        "schemas/claim.json:1 2.1.0 of claim breaks billing, which reads 2.0.0: billing refuses {"amount":null} (/amount must be number). Move billing to 2.1.0 first, or make the change compatible with 2.0.0.",
      ]
    `);
    expect(await found({ type: 'integer' }, 'reads: 2.0.0')).toEqual([]);
  });

  it('asks of writers that they stay valid', async () => {
    expect(await found({ type: 'integer' }, 'writes: 2.0.0')).toMatchInlineSnapshot(`
      [
        "schemas/claim.json:1 2.1.0 of claim breaks billing, which writes 2.0.0: 2.1.0 refuses {"amount":-0.5} (/amount must be integer). Move billing to 2.1.0 first, or make the change compatible with 2.0.0.",
      ]
    `);
    expect(await found({ type: ['number', 'null'] }, 'writes: 2.0.0')).toEqual([]);
  });

  it('compares with a copy of a version that is no more', async () => {
    expect(await found({ type: 'number', minimum: 0 }, 'reads: 1.0.0, file: pins/claim-1.json')).toHaveLength(1);
    expect(await found({ type: 'integer', minimum: 0 }, 'reads: 1.0.0, file: pins/claim-1.json')).toEqual([]);
  });

  it('takes what it cannot find for a break', async () => {
    expect(await found({ type: 'number' }, 'reads: 1.0.0')).toMatchInlineSnapshot(`
      [
        "schemas/claim.json:1 Nobody knows whether 2.1.0 of claim breaks billing, which reads 1.0.0: no file of the base branch has that version. Keep a copy of that version in the repository, and name it with \`file\` beside the consumer.",
      ]
    `);
    expect(await found({ type: 'number' }, 'reads: 1.0.0, file: pins/gone.json')).toHaveLength(1);
  });

  it('finds versions that have files of their own', async () => {
    const layout = 'schemas: [{ files: "s/**", layout: immutable, naming: "{name}/{version}" }]\n';
    const versions = { 's/claim/1.0.0.json': '{"type":"integer"}', 's/claim/2.0.0.json': '{"type":"number"}' };
    const next = { 's/claim/2.1.0.json': '{"type":["number","null"]}' };
    expect(await foundBy('consumer-breaks', versions, next, layout + billing('writes: 1.0.0'))).toEqual([]);
    expect(await foundBy('consumer-breaks', versions, next, layout + billing('reads: 1.0.0'))).toHaveLength(1);
    expect(
      await foundBy('consumer-breaks', versions, { 's/claim/1.0.0.json': null }, layout + billing('reads: 1.0.0')),
    ).toHaveLength(1);
    expect(
      await foundBy('consumer-breaks', versions, { 's/claim/1.0.0.json': null }, layout + billing('reads: 2.0.0')),
    ).toEqual([]);
  });

  it('leaves in peace who has moved on, and other schemas', async () => {
    expect(await found({ type: 'string' }, 'reads: 2.1.0')).toEqual([]);
    expect(
      await foundBy(
        'consumer-breaks',
        base,
        { [path]: claim('2.1.0', { type: 'string' }) },
        'consumers: [{ service: a, schema: other, reads: 2.0.0 }]',
      ),
    ).toEqual([]);
  });

  it('sees a version that changes and keeps its number, and a schema that goes away', async () => {
    const same = { [path]: claim('2.0.0', { type: 'string' }) };
    expect(await foundBy('consumer-breaks', base, same, billing('reads: 2.0.0'))).toHaveLength(1);
    expect(await foundBy('consumer-breaks', base, { [path]: null }, billing('writes: 2.0.0'))).toHaveLength(1);
  });

  it('is told what is wrong with the section', () => {
    const text = `consumers:
  - { service: a, schema: b }
  - { service: a, schema: b, reads: 1.0.0, file: ../x }
  - { service: a, schema: b, reads: 1.0 }
deprecated: [{ files: '../x' }]
`;
    const of = (part: string) => {
      const parsed = parseConfiguration({ path: '.github/sluice.yml', text: part });
      return 'problems' in parsed
        ? parsed.problems.map(({ place, problem, remedy }) => `${place.line} ${problem}. ${remedy}`)
        : [];
    };
    expect(of(text)).toMatchInlineSnapshot(`
      [
        "2 consumers[0] says neither what "a" reads nor what it writes. Add \`reads\` or \`writes\` with a version.",
        "3 "../x" is no path of the repository. Write a path relative to the root of the repository.",
        "4 consumers[2].reads must be a string. Write it so.",
        "5 The glob "../x" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
      ]
    `);
    expect(of(text.replace('1.0 ', '"1.0.0" '))).toMatchInlineSnapshot(`
      [
        "2 consumers[0] says neither what "a" reads nor what it writes. Add \`reads\` or \`writes\` with a version.",
        "3 "../x" is no path of the repository. Write a path relative to the root of the repository.",
        "5 The glob "../x" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
      ]
    `);
  });
});
