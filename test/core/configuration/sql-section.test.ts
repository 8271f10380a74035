import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import { formatPlace } from '../../../core/input-error.ts';
import { sqlRuleIds } from '../../../core/sql/rule-ids.ts';
import { rules } from '../../../core/sql/rules.ts';

const read = (text: string) => parseConfiguration({ path: 'c', text });

function problemsOf(text: string): string[] {
  const parsed = read(text);
  if ('configuration' in parsed) return [];
  return parsed.problems.map(({ place, problem, remedy }) => `${formatPlace(place)} ${problem}. ${remedy}`);
}

describe('the section about SQL migrations', () => {
  it('is left out by most, and then says nothing', () => {
    expect(read('')).not.toHaveProperty('configuration.sql');
  });

  it('has a default for whatever is not written', () => {
    expect(read('sql: {}')).toMatchObject({
      configuration: {
        sql: {
          files: ['migrations/**/*.sql'],
          serverVersion: 14,
          inTransaction: false,
          failOn: 'error',
          severities: {},
          waivers: [],
          database: 'default',
          tableSize: { small: 10_000, large: 1_000_000 },
        },
      },
    });
  });

  it('says all that `sluice lint` can be told', () => {
    const parsed = read(`sql:
  files: [db/*.sql, other/**]
  server-version: 16
  in-transaction: true
  lock-timeout: 200ms
  statement-timeout: 1.5 min
  fail-on: warning
  rules: { create-index: warning, json-type: off }
  waivers: [{ rule: drop-table, files: db/legacy/**, reason: nobody reads it }]
  database: claims
  table-size: { large: 50000 }
`);
    expect(parsed).toMatchObject({
      configuration: {
        sql: {
          files: ['db/*.sql', 'other/**'],
          serverVersion: 16,
          inTransaction: true,
          lockTimeout: '200ms',
          statementTimeout: '1.5 min',
          failOn: 'warning',
          severities: { 'create-index': 'warning', 'json-type': 'off' },
          waivers: [{ rule: 'drop-table', files: 'db/legacy/**', reason: 'nobody reads it' }],
          database: 'claims',
          tableSize: { small: 10_000, large: 50_000 },
        },
      },
    });
  });

  it('is told what is wrong with it, with lines', () => {
    expect(
      problemsOf(`sql:
  files: [../x.sql]
  waivers: [{ rule: drop-table, files: /etc, reason: nobody reads it }]
  table-size: { small: 10, large: 10 }
`),
    ).toMatchInlineSnapshot(`
      [
        "c:2:11 The glob "../x.sql" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "c:3:40 The glob "/etc" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "c:4:15 A small table of 10 rows is not smaller than a large one of 10. Make \`small\` less than \`large\`.",
      ]
    `);
    expect(
      problemsOf(`sql:
  server-version: 9
  lock-timeout: 2 seconds
  rules: { create-indx: off }
  fail-on: errors
`),
    ).toMatchInlineSnapshot(`
      [
        "c:2:19 sql.server-version must be >= 14. Change it.",
        "c:3:17 sql.lock-timeout is not written as it must be. A time with its unit, such as 200ms or 2s. Set by the tool before it runs a file.",
        "c:4:12 sql.rules has no setting "create-indx". Did you mean "create-index"?",
        "c:5:12 sql.fail-on is none of the words it can be. Did you mean error?",
      ]
    `);
  });
});

describe('the ids of the SQL rules', () => {
  it('are those of the rules', () => {
    expect([...sqlRuleIds]).toEqual(rules.map(({ id }) => id).toSorted());
  });
});
