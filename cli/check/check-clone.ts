import { defaultConfiguration } from '../../core/configuration/defaults.ts';
import { noLinks, type ReportInput } from '../../core/rendering/comment/input.ts';
import { renderReport } from '../../core/rendering/comment/report.ts';
import { renderReportPage } from '../../core/rendering/report-html.ts';
import { reportJson } from '../../core/rendering/report-json.ts';
import { type Paint, renderForTerminal } from '../../core/rendering/terminal.ts';
import { type Assessment, assess } from '../../core/review/assess.ts';
import type { Review } from '../../core/review/review.ts';
import { commitTree } from '../git/commit-tree.ts';
import { git } from '../git/git.ts';
import { changesSince, workingTree } from '../git/working-tree.ts';
import { exitCode } from './exit-code.ts';

export interface CloneOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Path of the configuration, when it is not the usual one. */
  readonly config?: string;
}

/**
 * The same report as on a pull request, before pushing: the files on disk against the commit where their branch left `base`. The
 * configuration is the one of `base`, as it will be on the pull request. Returns the exit code.
 */
export async function checkClone(
  folder: string,
  base: string,
  options: CloneOptions,
  write: (text: string) => void,
): Promise<number> {
  const root = (await git(folder, ['rev-parse', '--show-toplevel'])).toString().trim();
  const policy = await commitNamed(root, base);
  const from = (await git(root, ['merge-base', policy, 'HEAD'])).toString().trim();
  const trees = { policy: commitTree(root, policy), base: commitTree(root, from), head: workingTree(root) };
  const assessed = await assess(trees, await changesSince(root, from), options.config);
  const review = reviewOf(assessed, from);
  write(rendered(review, assessed, base, options));
  if (review.problems.length > 0) return exitCode.badInput;
  const broken = (review.findings ?? []).some(({ severity, waived }) => severity === 'error' && waived === undefined);
  return review.verdict === 'breaking' || review.verdict === 'undecided' || broken
    ? exitCode.breaking
    : exitCode.compatible;
}

async function commitNamed(root: string, name: string): Promise<string> {
  // `--end-of-options`: a name that begins with a dash is no option.
  return (await git(root, ['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`])).toString().trim();
}

function reviewOf(assessed: Assessment, base: string): Review {
  if (assessed.result === 'reviewed') return assessed.review;
  const problems = assessed.result === 'unreadable' ? assessed.problems : [];
  return {
    base,
    head: 'working tree',
    schemas: [],
    problems,
    verdict: 'none',
    breakingCount: 0,
    fingerprint: undefined,
  };
}

function rendered(review: Review, assessed: Assessment, base: string, options: CloneOptions): string {
  const impact = new Map();
  if (options.format === 'json') return `${JSON.stringify(reportJson(review, impact), null, 2)}\n`;
  if (options.format === 'text') return renderForTerminal(review, impact, options.paint, { width: options.width });
  const policy = (assessed.result === 'reviewed' ? assessed.configuration : defaultConfiguration).approval;
  const input: ReportInput = { review, policy, impact, baseBranch: base, links: noLinks, fullReport: undefined };
  return options.format === 'html' ? renderReportPage(input) : renderReport(input, () => true, { whole: true });
}
