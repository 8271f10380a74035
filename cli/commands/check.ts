import { Command, InvalidArgumentError, Option } from 'commander';
import { type CompatibilityMode, compatibilityModes } from '../../core/compatibility/verdict.ts';
import { InputError } from '../../core/input-error.ts';
import { checkClone } from '../check/check-clone.ts';
import { checkFiles } from '../check/check-files.ts';
import { checkPairs } from '../check/check-pairs.ts';
import { exitCode, exitCodeHelp } from '../check/exit-code.ts';
import { renderText } from '../check/render-text.ts';
import { wantsColour } from '../colour.ts';
import { terminal } from '../paint.ts';

interface Options {
  readonly mode: CompatibilityMode;
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly base?: string;
  readonly pairs?: string;
  readonly formatAssertion: boolean;
  readonly contentAssertion: boolean;
  readonly closedProducers: boolean;
  readonly timeout: number;
  readonly failOn?: 'breaking' | 'never';
}

/** `sluice check`: two files, many pairs, or a clone against its base. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('Compare two versions of a schema.')
    .argument('[old]', 'the schema as it was (JSON or YAML)')
    .argument('[new]', 'the schema as it shall be')
    .addOption(new Option('--mode <mode>', 'what must stay compatible').choices(compatibilityModes).default('BACKWARD'))
    .addOption(
      new Option('--format <format>', 'how to print the answer')
        .choices(['text', 'json', 'markdown', 'html'])
        .default('text'),
    )
    .option(
      '--pairs <file>',
      'instead of two files: JSON Lines {id, old, new, draft?, format_assert?, content_assert?}, answered line by line',
    )
    .option(
      '--base <commit>',
      'instead of two files: the clone in this folder against a branch or commit, as on a pull request',
    )
    .addOption(
      new Option(
        '--fail-on <what>',
        'with --base: exit with 1 on what; as the configuration says unless given',
      ).choices(['breaking', 'never']),
    )
    .option('--format-assertion', 'let "format" decide whether a document is valid', false)
    .option('--content-assertion', 'let "contentEncoding" and its like decide whether a document is valid', false)
    .option('--closed-producers', 'assume that writers emit declared properties only', false)
    .option('--timeout <seconds>', 'give up after this long, and say undecided', seconds, 2)
    .addHelpText(
      'after',
      `${exitCodeHelp}\n\nWith --base, broken rules and SQL migrations count as on the pull request, and where \`fail-on\` is never only what cannot be read fails.`,
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.badInput));
  return command.action(async (oldPath: string | undefined, newPath: string | undefined, options: Options) => {
    try {
      process.exitCode = await run(command, oldPath, newPath, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = exitCode.badInput;
    }
  });
}

async function run(command: Command, oldPath: string | undefined, newPath: string | undefined, options: Options) {
  const { mode, format, pairs, formatAssertion, contentAssertion, closedProducers, timeout } = options;
  const producers = closedProducers ? 'closed' : 'open';
  if (pairs !== undefined) {
    if (oldPath !== undefined) command.error('error: give either two files or --pairs');
    return checkPairs(pairs, process.stdout, { mode, formatAssertion, contentAssertion, producers, timeout });
  }
  if (options.base !== undefined) {
    if (oldPath !== undefined) command.error('error: give either two files or --base');
    const { base, failOn } = options;
    const asked = { format, ...terminal(), ...(failOn === undefined ? {} : { failOn }) };
    return checkClone(process.cwd(), base, asked, (text) => process.stdout.write(text));
  }
  if (options.failOn !== undefined) command.error('error: --fail-on goes with --base');
  if (format === 'markdown' || format === 'html') command.error(`error: --format ${format} goes with --base`);
  if (oldPath === undefined || newPath === undefined) return command.error('error: two files are needed: <old> <new>');
  const checked = await checkFiles(oldPath, newPath, { mode, formatAssertion, contentAssertion, producers, timeout });
  const text = renderText(checked, wantsColour());
  process.stdout.write(format === 'json' ? `${JSON.stringify(checked, null, 2)}\n` : text);
  return checked.comparison.verdict === 'compatible' ? exitCode.compatible : exitCode.breaking;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number of seconds.');
  return value;
}
