import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LintOptions } from '../../../core/sql/lint.ts';

const folder = fileURLToPath(new URL('rules', import.meta.url));

/** One SQL text of a fixture, with the options its first comments ask for (`-- server: 18`, `-- wrapped`). */
export interface FixtureCase {
  readonly rule: string;
  readonly name: string;
  readonly sql: string;
  readonly options: LintOptions;
}

/** The tables that the fixtures speak of. */
export const setup = readFileSync(`${folder}/setup.sql`, 'utf8');

/** Ids of the rules that have fixtures. */
export const rulesWithFixtures: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/dangerous.sql`))
  .map(({ name }) => name);

export function casesOf(rule: string, kind: 'dangerous' | 'safe'): FixtureCase[] {
  return readFileSync(`${folder}/${rule}/${kind}.sql`, 'utf8')
    .split(/^-- case\n/m)
    .filter((text) => text.trim() !== '')
    .map((sql, index) => {
      const server = /^-- server: (\d+)$/m.exec(sql)?.[1];
      return {
        rule,
        name: `${rule} ${kind} ${index + 1}`,
        sql,
        options: {
          ...(server === undefined ? {} : { serverVersion: Number(server) }),
          ...(/^-- wrapped$/m.test(sql) ? { inTransaction: true } : {}),
        },
      };
    });
}
