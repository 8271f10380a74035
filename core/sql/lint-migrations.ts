import type { Catalog } from './catalog/catalog.ts';
import type { EarlierFile } from './earlier.ts';
import type { Finding } from './finding.ts';
import { type LintOptions, lintSql, type SqlFile } from './lint.ts';
import type { MigrationChange, MigrationChanges } from './migration-changes.ts';
import { comparePaths, folderOf } from './migration-order.ts';
import { type MigrationFile, parseMigration } from './parse/migration-file.ts';
import { loadParser, type Parser } from './parse/parser.ts';
import { rules } from './rules.ts';
import type { RuleSummary } from './sql-review.ts';
import type { SqlSettings } from './sql-settings.ts';

/** What linting found, and the rules that it is from. */
export interface Linted {
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleSummary[];
}

/**
 * Lints the migrations of a pull request one after the other, each knowing what those before it leave behind. The only part of a check that
 * needs the parser; a bundle loads it, and this, when there is SQL to look at.
 * @param catalog the live database; what it says counts for more than earlier files
 */
export async function lintMigrations(
  { changes, past }: Pick<MigrationChanges, 'changes' | 'past'>,
  settings: SqlSettings,
  catalog?: Catalog,
): Promise<Linted> {
  const parser = await loadParser();
  const ran = past.map((file) => ({ path: file.path, parsed: parsed(file, parser) }));
  const own = changes.map((change) => ({ change, parsed: parsed(change.file, parser) }));
  const findings: Finding[] = [];
  for (const { change } of own) {
    const { path } = change.file;
    const before = [
      ...(catalog === undefined ? ran : [])
        .filter((each) => precedes(each.path, path))
        .map((each) => ({ file: each.parsed, fresh: false })),
      ...own
        .filter(({ change: other }) => isAdded(other) && precedes(other.file.path, path))
        .map((each) => ({ file: each.parsed, fresh: true })),
    ];
    findings.push(
      ...(await lintSql(change.file, {
        ...optionsOf(settings, catalog),
        history: change.history,
        earlier: readable(before),
      })),
    );
  }
  const raised = new Set(findings.map(({ rule }) => rule));
  const summaries = rules
    .filter(({ id }) => raised.has(id))
    .map(({ id, severity, summary }): RuleSummary => ({ id, severity, summary }));
  return { findings, rules: summaries };
}

function optionsOf(settings: SqlSettings, catalog: Catalog | undefined): LintOptions {
  const { serverVersion, inTransaction, severities, tableSize, lockTimeout, statementTimeout } = settings;
  return {
    serverVersion,
    inTransaction,
    severities,
    tableSize,
    session: {
      ...(lockTimeout === undefined ? {} : { lockTimeout }),
      ...(statementTimeout === undefined ? {} : { statementTimeout }),
    },
    ...(catalog === undefined ? {} : { catalog }),
  };
}

function isAdded({ file, history }: MigrationChange): boolean {
  return history.previousText === undefined && !file.path.endsWith('.down.sql');
}

function precedes(one: string, other: string): boolean {
  return folderOf(one) === folderOf(other) && comparePaths(one, other) < 0;
}

/** Of files in order, those behind the last one that cannot be read: before it anything may have happened. */
function readable(
  files: readonly { readonly file: MigrationFile | undefined; readonly fresh: boolean }[],
): EarlierFile[] {
  const last = files.findLastIndex(({ file }) => file === undefined);
  return files.slice(last + 1).flatMap(({ file, fresh }) => (file === undefined ? [] : [{ file, fresh }]));
}

function parsed({ path, text }: SqlFile, parser: Parser): MigrationFile | undefined {
  const result = parseMigration(path, text.replace(/^\ufeff/, ''), parser);
  return result.kind === 'parsed' ? result.file : undefined;
}
