import { describe, expect, it } from 'vitest';
import { foundBy } from './facts-of.ts';

const step = (from: string, to: string) => `from: ${from}\nto: ${to}\ntransform: []\n`;

describe('migration-cycle', () => {
  it('finds migrations that lead back to where they began', async () => {
    const base = {
      'migrations/claim/2.0.0.yml': step('1.0.0', '2.0.0'),
      'migrations/claim/3.0.0.yml': step('2.0.0', '3.0.0'),
    };
    expect(
      await foundBy('migration-cycle', base, { 'migrations/claim/1.0.0.yml': step('3.0.0', '1.0.0') }),
    ).toMatchInlineSnapshot(`
      [
        "migrations/claim/1.0.0.yml:1 The migrations go round in a circle: 3.0.0 → 1.0.0 → 2.0.0 → 3.0.0. Lead it to a version that is new; on the way back are \`migrations/claim/2.0.0.yml\`, \`migrations/claim/3.0.0.yml\`.",
      ]
    `);
    expect(await foundBy('migration-cycle', base, { 'migrations/claim/4.0.0.yml': step('3.0.0', '4.0.0') })).toEqual(
      [],
    );
    expect(await foundBy('migration-cycle', base, { 'migrations/other/1.0.0.yml': step('3.0.0', '1.0.0') })).toEqual(
      [],
    );
    expect(await foundBy('migration-cycle', base, { 'migrations/claim/5.0.0.yml': 'from: [' })).toEqual([]);
    expect(
      await foundBy('migration-cycle', base, { 'migrations/claim/5.0.0.yml': step('5.0.0', '5.0.0') }),
    ).toHaveLength(1);
  });

  it('does not blame a migration that a circle stands beside', async () => {
    const circle = {
      'migrations/claim/2.0.0.yml': step('1.0.0', '2.0.0'),
      'migrations/claim/1.0.0.yml': step('2.0.0', '1.0.0'),
    };
    expect(await foundBy('migration-cycle', circle, { 'migrations/claim/1.5.0.yml': step('1.0.0', '1.5.0') })).toEqual(
      [],
    );
  });
});

describe('migration-unproved', () => {
  it('says that nobody knows', async () => {
    const written =
      'schemas: [{ files: "schemas/**", target: c }]\ntargets: { c: { table: t, key: id, document: d } }\n';
    const claim = (version: string, type: string) =>
      JSON.stringify({ version, type: 'object', properties: { a: { type } } });
    const base = { 'schemas/claim.json': claim('1.0.0', 'string') };
    const migrated = (transform: string) => ({
      'schemas/claim.json': claim('2.0.0', 'number'),
      'migrations/claim/2.0.0.yml': `from: 1.0.0\nto: 2.0.0\ntransform:\n  - ${transform}\n`,
    });
    const computed = migrated(`set: { at: /a, sql: "to_jsonb(1)" }`);
    expect(await foundBy('migration-unproved', base, computed, written)).toMatchInlineSnapshot(`
      [
        "migrations/claim/2.0.0.yml:1 Nobody knows whether it leads every record to the new version: what "set a to the SQL expression to_jsonb(1)" makes of the old version is not known: the database computes it. Look at the records that it is for; the run checks all of them before it changes anything for readers.",
      ]
    `);
    expect(await foundBy('migration-unproved', base, migrated('set: { at: /a, value: 1 }'), written)).toEqual([]);
  });
});
