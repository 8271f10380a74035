import { Command, Option } from 'commander';
import { type CompatibilityMode, compatibilityModes } from '../../core/compatibility/verdict.ts';
import { defaultConfiguration } from '../../core/configuration/defaults.ts';
import { InputError } from '../../core/input-error.ts';
import { noLinks, type ReportInput } from '../../core/rendering/comment/input.ts';
import { renderReport } from '../../core/rendering/comment/report.ts';
import { renderReportPage } from '../../core/rendering/report-html.ts';
import { reportJson } from '../../core/rendering/report-json.ts';
import { renderForTerminal } from '../../core/rendering/terminal.ts';
import { diffForTerminal } from '../../core/rendering/terminal-diff.ts';
import type { Review } from '../../core/review/review.ts';
import { exitCode, exitCodeHelp } from '../check/exit-code.ts';
import { reviewPair } from '../compare/review-pair.ts';
import { terminal } from '../paint.ts';

interface Options {
  readonly mode: CompatibilityMode;
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly formatAssertion: boolean;
  readonly closedProducers: boolean;
}

/** `sluice diff`: every change between two versions with what it means, and both versions side by side. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('Show what differs between two versions of a schema, and both side by side.')
    .argument('<old>', 'the schema as it was: a file, or <commit>:<path>')
    .argument('<new>', 'the schema as it is')
    .addOption(new Option('--mode <mode>', 'what must stay compatible').choices(compatibilityModes).default('BACKWARD'))
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['text', 'json', 'markdown', 'html']).default('text'),
    )
    .option('--format-assertion', 'let "format" decide whether a document is valid', false)
    .option('--closed-producers', 'assume that writers emit declared properties only', false)
    .addHelpText('after', exitCodeHelp)
    .action(async (old: string, next: string, options: Options) => {
      try {
        const { mode: compatibility, formatAssertion, closedProducers, format } = options;
        const producers = closedProducers ? 'closed' : 'open';
        const review = await reviewPair(old, next, { files: '**', compatibility, formatAssertion, producers });
        process.stdout.write(rendered(review, format));
        process.exitCode = review.verdict === 'compatible' ? exitCode.compatible : exitCode.breaking;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = exitCode.badInput;
      }
    });
}

function rendered(review: Review, format: Options['format']): string {
  const impact = new Map();
  if (format === 'json') return `${JSON.stringify(reportJson(review, impact), null, 2)}\n`;
  if (format === 'text') {
    const { paint, width } = terminal();
    const [schema] = review.schemas;
    const text = renderForTerminal(review, impact, paint, { width, all: true, total: false });
    return schema === undefined ? text : `${text}\n${diffForTerminal(schema, { paint, width })}`;
  }
  const { approval: policy } = defaultConfiguration;
  const input: ReportInput = { review, policy, impact, baseBranch: '', links: noLinks, fullReport: undefined };
  return format === 'html' ? renderReportPage(input) : renderReport(input, () => true, { whole: true });
}
