import { renderSqlForTerminal } from '../../core/rendering/comment/sql-for-terminal.ts';
import type { Finding } from '../../core/sql/finding.ts';
import { type LintOptions, lintSql } from '../../core/sql/lint.ts';
import { toSarif } from '../../core/sql/sarif.ts';
import type { LintCommandOptions } from '../commands/lint.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import { readGitHistory } from './git-history.ts';
import { openNamedCatalog } from './open-catalog.ts';
import { readSqlFiles } from './sql-files.ts';

/**
 * Lints files and prints what was found in the wanted format.
 * @returns failed: whether something was found that must not pass
 * @throws InputError for paths, revisions, rules and databases that are not there
 */
export async function lintFiles(
  paths: readonly string[],
  options: LintCommandOptions,
): Promise<{ readonly output: string; readonly failed: boolean }> {
  const files = await readSqlFiles(paths);
  const history = options.base === undefined ? undefined : await readGitHistory(options.base);
  const shared = await sharedOptions(options);
  const findings: Finding[] = [];
  for (const file of files) {
    findings.push(...(await lintSql(file, { ...shared, ...(history && { history: await history(file.path) }) })));
  }
  if (options.writeBaseline !== undefined) await writeBaseline(options.writeBaseline, findings);
  const fails = (finding: Finding) =>
    finding.severity === 'error' || (options.strict && finding.severity === 'warning');
  const failed = options.writeBaseline === undefined && findings.some(fails);
  return {
    output: print(
      findings,
      files.map(({ path }) => path),
      options.format,
    ),
    failed,
  };
}

async function sharedOptions(options: LintCommandOptions): Promise<LintOptions> {
  const session = {
    ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }),
    ...(options.statementTimeout === undefined ? {} : { statementTimeout: options.statementTimeout }),
  };
  return {
    inTransaction: options.inTransaction,
    severities: options.rule,
    session,
    ...(options.serverVersion === undefined ? {} : { serverVersion: options.serverVersion }),
    ...(options.baseline === undefined ? {} : { baseline: await readBaseline(options.baseline) }),
    ...(options.database === undefined ? {} : { catalog: await openNamedCatalog(options.database, process.env) }),
  };
}

function print(findings: readonly Finding[], files: readonly string[], format: LintCommandOptions['format']): string {
  if (format === 'text') return renderSqlForTerminal({ findings, files });
  const data = format === 'json' ? { files: files.length, findings } : toSarif(findings);
  return `${JSON.stringify(data, null, 2)}\n`;
}
