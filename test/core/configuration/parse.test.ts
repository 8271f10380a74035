import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import { configurationSchema } from '../../../core/configuration/schema.ts';
import { formatPlace } from '../../../core/input-error.ts';

const path = '.github/sluice.yml';
const read = (text: string) => parseConfiguration({ path, text });

/** `line:column problem. remedy` of each problem. */
function problemsOf(text: string): string[] {
  const parsed = read(text);
  if ('configuration' in parsed) return [];
  return parsed.problems.map(
    ({ place, problem, remedy }) => `${formatPlace(place).slice(path.length + 1)} ${problem}. ${remedy}`,
  );
}

describe('parseConfiguration', () => {
  it('answers with the defaults when there is no file, and when it is empty', () => {
    const defaults = parseConfiguration(undefined);
    expect(defaults).toMatchObject({
      configuration: {
        schemas: [{ files: 'schemas/**/*.{json,yaml,yml}', compatibility: 'BACKWARD', formatAssertion: false }],
        approval: { rules: [{ require: 1, permission: 'write', author: false, users: [], teams: [] }] },
        failOn: 'breaking',
      },
    });
    expect(read('')).toEqual(defaults);
    expect(read('# nothing yet\n')).toEqual(defaults);
  });

  it('reads everything that can be said', () => {
    const parsed = read(`schemas:
  - files: schemas/**/*.json
    compatibility: FULL
    target: claims
    format-assertion: true
targets:
  claims: { table: public.claims, key: id, document: body }
approval:
  - { name: platform, require: 2, teams: [acme/platform], users: [octo-cat], permission: admin, author: true }
fail-on: never
`);
    expect(parsed).toEqual({
      configuration: {
        schemas: [{ files: 'schemas/**/*.json', compatibility: 'FULL', target: 'claims', formatAssertion: true }],
        targets: new Map([
          ['claims', { name: 'claims', database: 'default', table: 'public.claims', key: 'id', document: 'body' }],
        ]),
        approval: {
          rules: [
            {
              name: 'platform',
              require: 2,
              teams: ['acme/platform'],
              users: ['octo-cat'],
              permission: 'admin',
              author: true,
            },
          ],
        },
        failOn: 'never',
      },
    });
  });

  it('reports what makes no sense in an entry beside one that is badly written, or in the same one', () => {
    expect(
      problemsOf(`schemas:
  - { files: '../x', compatability: FULL, target: nope }
  - { files: 'a[', naming: '{name}' }
waivers:
  - { rule: version-bump, files: a }
  - { rule: version-bump, files: a, reason: because it is so, until: 2026-02-31 }
accept: [{ fingerprint: abc, reason: nobody reads it, until: 2026-02-31 }, 7, 8]
consumers: [{ service: billing }, { service: intake, schema: claim }]
`),
    ).toMatchInlineSnapshot(`
      [
        "2:14 The glob "../x" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "2:22 schemas[0] has no setting "compatability". Did you mean "compatibility"?",
        "2:51 schemas[0] names the target "nope", which is not among the targets. Add it under \`targets\`.",
        "3:14 The glob "a[" cannot be read. Close its brackets and braces.",
        "3:28 \`naming\` says where versions are in paths, and only \`layout: immutable\` has them there. Add \`layout: immutable\`, or leave it out.",
        "3:28 The naming "{name}" cannot be used: It must hold {version} once. Write it like {name}/{version}.",
        "5:5 waivers[0] lacks "reason". Add it.",
        "6:70 There is no day 2026-02-31. Correct the date.",
        "7:25 accept[0].fingerprint is not written as it must be. All 64 characters, from the output \`fingerprint\` or from the schema in sluice-report.json.",
        "7:62 There is no day 2026-02-31. Correct the date.",
        "7:76 accept[1] must be a map of settings. Write it so.",
        "7:79 accept[2] must be a map of settings. Write it so.",
        "8:13 consumers[0] lacks "schema". Add it.",
        "8:35 consumers[1] says neither what "intake" reads nor what it writes. Add \`reads\` or \`writes\` with a version.",
      ]
    `);
  });

  it('reports every problem at once, each with its place and one thing to do', () => {
    expect(
      problemsOf(`schemas:
  - file: schemas/**/*.json
    compatibility: BACKWARDS
approvals: []
targets:
  Claims: { table: a.b.c, key: id }
approval:
  - { name: a, require: 0, teams: ['@acme/platform'] }
fail-on: [breaking]
`),
    ).toMatchInlineSnapshot(`
      [
        "2:5 schemas[0] lacks "files". Add it.",
        "2:5 schemas[0] has no setting "file". Did you mean "files"?",
        "3:20 schemas[0].compatibility is none of the words it can be. Did you mean BACKWARD?",
        "4:1 The configuration has no setting "approvals". Did you mean "approval"?",
        "6:3 A name in targets has characters that names cannot have. Use small letters, digits, - and _, beginning with a letter.",
        "6:11 targets.Claims lacks "document". Add it.",
        "6:20 targets.Claims.table is not written as it must be. schema.table or table.",
        "8:25 approval[0].require must be >= 1. Change it.",
        "8:36 approval[0].teams[0] is not written as it must be. Write organisation/team, without @.",
        "9:10 fail-on is none of the words it can be. Write one of breaking, never.",
      ]
    `);
  });

  it('goes on to what only makes no sense, in the sections that are well written', () => {
    const problems = problemsOf(`schemas: [{ files: ../x, target: claims, layout: immutable, naming: '{name}' }]
fail-on: sometimes
accept: [{ fingerprint: ${'a'.repeat(64)}, reason: long enough, until: 2026-02-30 }]
consumers: [{ service: a, schema: b }]
targets: { claims: { table: t } }
`);
    expect(problems).toMatchInlineSnapshot(`
      [
        "1:20 The glob "../x" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "1:69 The naming "{name}" cannot be used: It must hold {version} once. Write it like {name}/{version}.",
        "2:10 fail-on is none of the words it can be. Write one of breaking, never.",
        "3:119 There is no day 2026-02-30. Correct the date.",
        "4:13 consumers[0] says neither what "a" reads nor what it writes. Add \`reads\` or \`writes\` with a version.",
        "5:20 targets.claims lacks "document". Add it.",
        "5:20 targets.claims lacks "key". Add it.",
      ]
    `);
  });

  it('says where YAML is broken', () => {
    expect(problemsOf('schemas:\n  - files: "a\n')).toMatchInlineSnapshot(`
      [
        "3:1 Missing closing "quote. Mend the YAML.",
      ]
    `);
    expect(problemsOf('fail-on: never\nfail-on: breaking\n')).toMatchInlineSnapshot(`
      [
        "2:1 Map keys must be unique. Mend the YAML.",
      ]
    `);
  });

  it('refuses addresses of databases without repeating them', () => {
    const problems = problemsOf(`targets:
  claims: { database: 'postgres://u:hunter2@db/x', table: claims, key: id, document: body }
`);
    expect(problems).toMatchInlineSnapshot(`
      [
        "2:23 targets.claims.database looks like the address of a database. Write a logical name only; the address belongs in SLUICE_DATABASE_<NAME> of the runner. If it holds a password, change that password.",
      ]
    `);
    expect(problems.join()).not.toContain('hunter2');
    expect(problemsOf(`targets:\n  c: { table: 'host=db password=hunter2', key: id, document: body }\n`)).toHaveLength(
      1,
    );
  });

  it('refuses names that lead nowhere and globs that leave the repository', () => {
    expect(
      problemsOf(`schemas:
  - { files: ../x/*.json, target: claims }
approval:
  - { name: a, require: 2, users: [one, ONE] }
  - { name: a }
`),
    ).toMatchInlineSnapshot(`
      [
        "2:14 The glob "../x/*.json" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "2:35 schemas[0] names the target "claims", which is not among the targets. Add it under \`targets\`.",
        "4:35 The rule "a" asks for 2 people and names 1. Name more people or ask for fewer.",
        "5:13 Two approval rules have the name "a". Give each its own name.",
      ]
    `);
  });

  it('survives hostile files', () => {
    expect(problemsOf('[')).not.toEqual([]);
    expect(problemsOf('42')).toMatchInlineSnapshot(`
      [
        "1:1 The configuration must be a map of settings. Write it so.",
      ]
    `);
    expect(problemsOf('__proto__: { schemas: [] }')).toMatchInlineSnapshot(`
      [
        "1:1 The configuration has no setting "__proto__". It has: schemas, targets, approval, rules, waivers, accept, consumers, deprecated, sql, fail-on.",
      ]
    `);
    expect(
      problemsOf(
        `targets:\n  constructor: { table: t, key: id, document: d }\nschemas: [{ files: a, target: toString }]`,
      ),
    ).toHaveLength(1);
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(9)}*a]\nc: &c [${'*b, '.repeat(9)}*b]\nd: [${'*c, '.repeat(9)}*c]\n`;
    expect(problemsOf(bomb).length).toBeGreaterThan(0);
    expect(problemsOf(`x: ${'y'.repeat(300_000)}`)).toHaveLength(1);
    expect(problemsOf('['.repeat(20_000))).toEqual([
      ' The configuration is nested more than 100 deep. Make it flatter.',
    ]);
  });
});

describe('sluice.schema.json', () => {
  it('is what the configuration is checked against', async () => {
    await expect(`${JSON.stringify(configurationSchema, null, 2)}\n`).toMatchFileSnapshot(
      '../../../sluice.schema.json',
    );
  });
});
