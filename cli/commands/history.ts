import { Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../../core/input-error.ts';
import { historyJson } from '../../core/rendering/history/history-json.ts';
import { renderHistoryMarkdown, renderHistoryPage } from '../../core/rendering/history/history-page.ts';
import { historyForTerminal } from '../../core/rendering/history/history-terminal.ts';
import { exitCode } from '../check/exit-code.ts';
import { openClone } from '../history/clone.ts';
import { readHistory } from '../history/read-history.ts';
import { terminal } from '../paint.ts';

interface Options {
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly limit: number;
}

/** `sluice history`: what became of a schema, commit by commit. */
export function historyCommand(): Command {
  return new Command('history')
    .description('Show the versions of a schema in this clone: what each changed, broke and migrated.')
    .argument('<schema>', 'path of the schema')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['text', 'json', 'markdown', 'html']).default('text'),
    )
    .option('--limit <commits>', 'how many commits to look at', commits, 100)
    .addHelpText('after', '\nExit codes: 0 told, 2 bad input or usage.')
    .action(async (given: string, options: Options) => {
      try {
        const clone = await openClone(process.cwd());
        const { configuration, commit } = clone;
        const { limit, format } = options;
        const history = await readHistory(clone.root, clone.pathOf(given), { configuration, limit });
        const texts = {
          text: () => historyForTerminal(history, terminal()),
          json: () => `${JSON.stringify(historyJson(history), null, 2)}\n`,
          markdown: () => renderHistoryMarkdown(history),
          html: () => renderHistoryPage({ title: `History of ${history.name}`, histories: [history], commit }),
        };
        process.stdout.write(texts[format]());
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = exitCode.badInput;
      }
    });
}

export function commits(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of commits.');
  return value;
}
