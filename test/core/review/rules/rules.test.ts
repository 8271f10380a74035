import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../../core/configuration/configuration.ts';
import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import { rules } from '../../../../core/review/rules/index.ts';
import { claim280, claim290, claim300, claimPath, migration, migrationPath } from '../claim-files.ts';
import { changesBetween, type Files, treeOf } from '../map-tree.ts';

const handbook = readFileSync(fileURLToPath(new URL('../../../../docs/pull-requests.md', import.meta.url)), 'utf8');

const written = `
schemas: [{ files: 'schemas/**', target: claims }]
targets: { claims: { table: claims, key: id, document: body } }
`;

function configurationOf(more = ''): Configuration {
  const parsed = parseConfiguration({ path: '.github/sluice.yml', text: written + more });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.configuration;
}

/** `severity rule path:line message remedy`, and the reason of a waiver. */
async function findingsOf(base: Files, head: Files, configuration = configurationOf()): Promise<string[]> {
  const changedFiles = changesBetween(base, head);
  const request = { base: treeOf('b', base), head: treeOf('h', head), changedFiles, configuration };
  const { findings = [] } = await reviewPullRequest(request);
  return findings.map(({ severity, rule, place, message, remedy, waived }) =>
    [
      `${severity} ${rule} ${place.path}:${place.line} ${message}. ${remedy}`,
      ...(waived ? [`waived: ${waived}`] : []),
    ].join(' '),
  );
}

const base = { [claimPath]: claim280 };
const unbumped = { [claimPath]: claim290.replace('2.9.0', '2.8.0') };

describe('the rules', () => {
  it('each live in a file of their name, have a text and a line in the handbook', () => {
    for (const { id, asks } of rules) {
      expect(existsSync(fileURLToPath(new URL(`../../../../core/review/rules/${id}.ts`, import.meta.url)))).toBe(true);
      expect(asks).toMatch(/\.$/);
      expect(handbook).toMatch(new RegExp(`\\| \`${id}\` +\\|`));
    }
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('find nothing in a change that is as it should be', async () => {
    expect(await findingsOf(base, { [claimPath]: claim290 })).toEqual([]);
  });

  it('version-bump: asks for a version that says what the change is', async () => {
    expect(await findingsOf(base, unbumped)).toMatchInlineSnapshot(`
      [
        "error version-bump schemas/insurance-claim.json:6 Version 2.8.0 is too low for a minor change. Write 2.9.0.",
      ]
    `);
    expect(await findingsOf(base, { [claimPath]: claim290.replace('"version": "2.9.0",', '') })).toMatchInlineSnapshot(`
      [
        "error version-bump schemas/insurance-claim.json:1 The schema no longer names its version. Write "version": "2.9.0".",
      ]
    `);
  });

  it('migration-missing and migration-proof: ask for a migration that mends all records', async () => {
    expect(await findingsOf(base, { [claimPath]: claim300 })).toMatchInlineSnapshot(`
      [
        "error migration-missing schemas/insurance-claim.json:1 Stored records need a migration to this version, and there is no \`migrations/insurance-claim/3.0.0.yml\`. Add \`migrations/insurance-claim/3.0.0.yml\`; the report proposes one.",
      ]
    `);
    const half = migration.replace(/ {2}- default.*\n/, '');
    expect(await findingsOf(base, { [claimPath]: claim300, [migrationPath]: half })).toMatchInlineSnapshot(`
      [
        "error migration-proof migrations/insurance-claim/3.0.0.yml:1 A record valid under the old version stays invalid: the record must have required property 'policy_number'. Add an operation that mends such records; the report shows one.",
      ]
    `);
  });

  it('migration-loses: says what a roll back cannot give back', async () => {
    expect(await findingsOf(base, { [claimPath]: claim300, [migrationPath]: migration })).toMatchInlineSnapshot(`
      [
        "notice migration-loses migrations/insurance-claim/3.0.0.yml:1 A roll back cannot give back: which records lacked policy_number. Keep what is lost in another member, or accept that it is.",
      ]
    `);
  });

  it('migration-idle: finds migrations that will not run', async () => {
    const later = {
      'migrations/insurance-claim/4.0.0.yml': migration.replace('3.0.0', '4.0.0'),
      'migrations/nothing/1.0.0.yml': '',
    };
    expect(await findingsOf(base, { [claimPath]: claim290, ...later })).toMatchInlineSnapshot(`
      [
        "warning migration-idle migrations/insurance-claim/4.0.0.yml:1 This migration will not run: \`insurance-claim\` goes to 2.9.0, and a migration to that is kept as \`.yml\`. Name it migrations/insurance-claim/2.9.0.yml.",
        "warning migration-idle migrations/nothing/1.0.0.yml:1 This migration will not run: no schema \`nothing\` changes here. Change the schema in the same pull request, or leave the migration out.",
      ]
    `);
  });

  it('examples-valid: tries examples and defaults, also deep in the schema', async () => {
    const schema = JSON.stringify(
      {
        version: '1.0.0',
        type: 'object',
        examples: [{ a: 1 }, { a: 'x' }],
        properties: { a: { type: 'integer', default: '1', examples: [1, 'one'] }, 'b/c d': { $ref: '#/$defs/d' } },
        $defs: { d: { type: 'string', examples: ['d', 4] } },
      },
      null,
      1,
    );
    expect(await findingsOf({}, { 'schemas/example.json': schema })).toMatchInlineSnapshot(`
      [
        "warning examples-valid schemas/example.json:8 An example is not valid: \`/a\` in it must be integer. Correct it, or the schema.",
        "warning examples-valid schemas/example.json:15 The default is not valid: it must be integer. Correct it, or the schema.",
        "warning examples-valid schemas/example.json:18 An example is not valid: it must be integer. Correct it, or the schema.",
        "warning examples-valid schemas/example.json:30 An example is not valid: it must be string. Correct it, or the schema.",
      ]
    `);
  });

  it('id-matches-path: compares $id with the name of the file', async () => {
    const schema = (id: string) => JSON.stringify({ $id: id, type: 'object' });
    const findings = (id: string, path = 'schemas/claim.json') => findingsOf({}, { [path]: schema(id) });
    expect(await findings('https://acme.example/payment.json')).toMatchInlineSnapshot(`
      [
        "warning id-matches-path schemas/claim.json:1 The address in \`$id\` does not name \`claim\`, as the file does. End it in \`claim.json\`, or rename the file.",
      ]
    `);
    for (const id of [
      'https://acme.example/claim.json',
      'https://acme.example/claim-2.8.0.schema.json',
      'https://acme.example/claim/2.8.0',
    ]) {
      expect(await findings(id)).toEqual([]);
    }
    expect(await findings('https://acme.example/claim/2.8.0', 'schemas/claim/2.8.0.json')).toEqual([]);
  });

  it('take their severity from the configuration', async () => {
    expect(await findingsOf(base, unbumped, configurationOf('rules: { version-bump: notice }'))).toEqual([
      expect.stringMatching(/^notice version-bump/),
    ]);
    expect(await findingsOf(base, unbumped, configurationOf('rules: { version-bump: off }'))).toEqual([]);
  });

  it('can be waived for some files in the configuration, or in a schema, with a reason', async () => {
    const waivers = `waivers: [{ rule: version-bump, files: 'schemas/insurance-*', reason: the release sets it }]`;
    expect(await findingsOf(base, unbumped, configurationOf(waivers))).toEqual([
      expect.stringMatching(/waived: the release sets it$/),
    ]);
    const elsewhere = waivers.replace('insurance-*', 'other/**');
    expect(await findingsOf(base, unbumped, configurationOf(elsewhere))).toEqual([
      expect.not.stringContaining('waived'),
    ]);
    const inline = (comment: string) => ({
      [claimPath]: unbumped[claimPath]?.replace('{', `{ "$comment": "${comment}",`) ?? '',
    });
    expect(await findingsOf(base, inline('sluice-ignore version-bump: the release sets it'))).toEqual([
      expect.stringContaining('waived'),
    ]);
    expect(await findingsOf(base, inline('sluice-ignore version-bump:'))).toEqual([
      expect.not.stringContaining('waived'),
    ]);
  });

  it('refuse waivers without a reason and rules that there are not', () => {
    const problems = (more: string) => {
      const parsed = parseConfiguration({ path: 'a', text: written + more });
      return 'problems' in parsed ? parsed.problems.length : 0;
    };
    expect(problems(`waivers: [{ rule: version-bump, files: '**', reason: '' }]`)).toBe(1);
    expect(problems('rules: { version-bumps: off }')).toBe(1);
    expect(problems('rules: { version-bump: fatal }')).toBe(1);
  });
});
