import { describe, expect, it } from 'vitest';
import { foundBy } from './facts-of.ts';

const path = 'schemas/claim.json';
const base = { [path]: '{"type":"string"}', 'schemas/policy.json': '{"type":"string"}' };
const next = { [path]: '{"type":"string","title":"Claim"}' };
const consumers = (schema: string) => `consumers: [{ service: billing, schema: ${schema}, reads: 1.0.0 }]`;

describe('consumer-unknown', () => {
  it('tells of a name that no schema has, in the file that says it', async () => {
    expect(await foundBy('consumer-unknown', base, next, consumers('clam'))).toMatchInlineSnapshot(`
      [
        ".github/sluice.yml:1 Nobody looks after billing: under \`consumers\` it names the schema "clam", and there is none. Correct the name on the base branch, as reports have it, or leave the entry out.",
      ]
    `);
    const elsewhere = { configurationPath: 'teams/a/sluice.yml' };
    const [found] = await foundBy('consumer-unknown', base, next, consumers('clam'), elsewhere);
    expect(found).toMatch(/^teams\/a\/sluice\.yml:/);
  });

  it('knows schemas that do not change, those that go, and those with a file for every version', async () => {
    expect(await foundBy('consumer-unknown', base, next, consumers('policy'))).toEqual([]);
    expect(await foundBy('consumer-unknown', base, { [path]: null }, consumers('claim'))).toEqual([]);
    const layout = 'schemas: [{ files: "s/**", layout: immutable, naming: "{name}/{version}" }]\n';
    const versions = { 's/claim/1.0.0.json': '{"type":"string"}' };
    const newer = { 's/claim/1.0.1.json': '{"type":"string"}' };
    expect(await foundBy('consumer-unknown', versions, newer, layout + consumers('claim'))).toEqual([]);
    expect(await foundBy('consumer-unknown', versions, newer, layout + consumers('clam'))).toHaveLength(1);
  });

  it('says nothing where no schema changes', async () => {
    expect(await foundBy('consumer-unknown', base, { 'readme.md': 'x' }, consumers('clam'))).toEqual([]);
  });
});
