import { Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../../core/input-error.ts';
import type { Severity } from '../../core/sql/finding.ts';
import { lintFiles } from '../lint/lint-files.ts';

/** What `sluice lint` tells the shell. */
export const lintExitCode = { clean: 0, findings: 1, badInput: 2 } as const;

export interface LintCommandOptions {
  readonly format: 'text' | 'json' | 'sarif';
  readonly serverVersion?: number;
  readonly inTransaction: boolean;
  readonly strict: boolean;
  readonly lockTimeout?: string;
  readonly statementTimeout?: string;
  readonly rule: Readonly<Record<string, Severity | 'off'>>;
  readonly base?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly database?: string;
}

/** `sluice lint`: SQL migrations, judged by what they lock, break and forget. */
export function lintCommand(): Command {
  return new Command('lint')
    .description(
      'Check SQL migrations for PostgreSQL: locks, broken clients, missing rollbacks; with the safe way to write each.',
    )
    .argument('<files...>', 'migrations, or folders that hold them')
    .addOption(
      new Option('--format <format>', 'how to print the findings').choices(['text', 'json', 'sarif']).default('text'),
    )
    .option('--server-version <major>', 'the oldest PostgreSQL they must run on', major)
    .option('--in-transaction', 'the tool that runs a file wraps it in a transaction', false)
    .option('--lock-timeout <time>', 'the lock_timeout that the tool sets before it runs a file, such as 200ms')
    .option('--statement-timeout <time>', 'the statement_timeout that it sets')
    .option('--rule <id=severity>', 'error, warning, advice or off; may be repeated', severityOf, {})
    .option('--base <revision>', 'a git revision: finds changed and out-of-order migrations')
    .option(
      '--database <name>',
      'read table sizes, types and indexes from the database in SLUICE_DATABASE_<NAME> (default: SLUICE_DATABASE_URL)',
    )
    .option('--baseline <file>', 'accepted findings')
    .option('--write-baseline <file>', 'accept all that is found now')
    .option('--strict', 'warnings fail too', false)
    .addHelpText('after', '\nExit codes: 0 no errors, 1 errors (with --strict also warnings), 2 bad input.')
    .action(async (paths: string[], options: LintCommandOptions) => {
      try {
        const { output, failed } = await lintFiles(paths, options);
        process.stdout.write(output);
        process.exitCode = failed ? lintExitCode.findings : lintExitCode.clean;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = lintExitCode.badInput;
      }
    });
}

function major(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a major version, such as 16.');
  return value;
}

function severityOf(text: string, before: Readonly<Record<string, Severity | 'off'>>) {
  const [, id, severity] = /^([a-z-]+)=(error|warning|advice|off)$/.exec(text) ?? [];
  if (id === undefined || severity === undefined) {
    throw new InvalidArgumentError('It must be <rule>=<error|warning|advice|off>.');
  }
  return { ...before, [id]: severity as Severity | 'off' };
}
