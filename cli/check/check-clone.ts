import { defaultConfiguration } from '../../core/configuration/defaults.ts';
import { noLinks, type ReportInput } from '../../core/rendering/comment/input.ts';
import { renderReport } from '../../core/rendering/comment/report.ts';
import { renderSqlForTerminal } from '../../core/rendering/comment/sql-for-terminal.ts';
import { renderReportPage } from '../../core/rendering/report-html.ts';
import { reportJson } from '../../core/rendering/report-json.ts';
import { type Paint, renderForTerminal } from '../../core/rendering/terminal.ts';
import { type Assessment, assess } from '../../core/review/assess.ts';
import { dayOf } from '../../core/review/expiry.ts';
import type { Review } from '../../core/review/review.ts';
import { reviewSql } from '../../core/sql/review-sql.ts';
import { failuresOf, type SqlReview } from '../../core/sql/sql-review.ts';
import { defaultSqlSettings } from '../../core/sql/sql-settings.ts';
import { commitNamed } from '../git/commit-named.ts';
import { commitTree } from '../git/commit-tree.ts';
import { findRoot } from '../git/find-root.ts';
import { mergeBase } from '../git/merge-base.ts';
import { changesSince, workingTree } from '../git/working-tree.ts';
import { exitCode } from './exit-code.ts';

export interface CloneOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Path of the configuration, when it is not the usual one. */
  readonly config?: string;
  /** In place of what the configuration says. */
  readonly failOn?: 'breaking' | 'never';
}

/**
 * The same report as on a pull request, before pushing: the files on disk against the commit where their branch left `base`. The
 * configuration is the one of `base`, as it will be on the pull request. Returns the exit code: as the Action, with `fail-on: never` only
 * what cannot be read fails.
 */
export async function checkClone(
  folder: string,
  base: string,
  options: CloneOptions,
  write: (text: string) => void,
): Promise<number> {
  const root = await findRoot(folder);
  const policy = await commitNamed(root, base);
  const from = await mergeBase(root, policy, base);
  const trees = { policy: commitTree(root, policy), base: commitTree(root, from), head: workingTree(root) };
  const files = await changesSince(root, from);
  const assessed = await assess(trees, files, options.config, { today: dayOf(new Date()) });
  const review = reviewOf(assessed, from);
  const sql =
    assessed.result === 'reviewed'
      ? await reviewSql(trees, files, assessed.configuration.sql ?? defaultSqlSettings)
      : undefined;
  write(rendered(review, sql, assessed, base, options));
  if (review.problems.length > 0) return exitCode.badInput;
  const said = assessed.result === 'reviewed' ? assessed.configuration.failOn : defaultConfiguration.failOn;
  const failOn = options.failOn ?? said;
  const failing = sql !== undefined && failuresOf(failOn === 'never' ? { ...sql, failOn } : sql) > 0;
  if (failOn === 'never') return failing ? exitCode.breaking : exitCode.compatible;
  const broken = (review.findings ?? []).some(({ severity, waived }) => severity === 'error' && waived === undefined);
  return review.verdict === 'breaking' || review.verdict === 'undecided' || broken || failing
    ? exitCode.breaking
    : exitCode.compatible;
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

function rendered(
  review: Review,
  sql: SqlReview | undefined,
  assessed: Assessment,
  base: string,
  options: CloneOptions,
): string {
  const impact = new Map();
  if (options.format === 'json') return `${JSON.stringify(reportJson(review, impact, { sql }), null, 2)}\n`;
  if (options.format === 'text') {
    const about = sql === undefined ? '' : `\n${renderSqlForTerminal(sql)}`;
    return `${renderForTerminal(review, impact, options.paint, { width: options.width })}${about}`;
  }
  const { approval, targets } = assessed.result === 'reviewed' ? assessed.configuration : defaultConfiguration;
  const input: ReportInput = {
    review,
    policy: approval,
    targets,
    impact,
    ...(sql === undefined ? {} : { sql }),
    baseBranch: base,
    links: noLinks,
    fullReport: undefined,
  };
  return options.format === 'html' ? renderReportPage(input) : renderReport(input, () => true, { whole: true });
}
