import { context } from '@actions/github';
import { configurationPath, defaultConfiguration } from '../core/configuration/defaults.ts';
import type { Impact } from '../core/impact/impact.ts';
import type { Rehearsal } from '../core/impact/rehearsal.ts';
import { saidNo } from '../core/rendering/comment/headline.ts';
import type { ReportInput, SuggestedEdit } from '../core/rendering/comment/input.ts';
import { renderReport } from '../core/rendering/comment/report.ts';
import { renderReportPage } from '../core/rendering/report-html.ts';
import { type Assessment, assess } from '../core/review/assess.ts';
import { dayOf } from '../core/review/expiry.ts';
import type { ChangedFile, ClaimedFile, Review } from '../core/review/review.ts';
import { reportSarif } from '../core/sarif/report-sarif.ts';
import { reviewSql } from '../core/sql/review-sql.ts';
import type { SqlReview } from '../core/sql/sql-review.ts';
import { defaultSqlSettings } from '../core/sql/sql-settings.ts';
import { changedFiles } from '../github/changed-files.ts';
import { connect } from '../github/connect.ts';
import { formatRepository, type Octokit } from '../github/octokit.ts';
import { openClaims } from '../github/open-claims.ts';
import { treeAt } from '../github/tree.ts';
import { type Commits, commitsOf } from './commits.ts';
import type { CheckEvent } from './event.ts';
import { countImpact } from './impact/count-impact.ts';
import { rehearseMigrations } from './impact/rehearse-migrations.ts';
import type { Inputs } from './inputs.ts';
import { githubLinks } from './links.ts';
import { commentMarker, fitsComment, fitsSummary, type Posted, postComment } from './publish.ts';
import { catalogReader } from './sql/catalog-reader.ts';
import { suggest, suggestedMark } from './suggest.ts';

export interface Checked {
  readonly review: Review;
  readonly impact: ReadonlyMap<string, Impact>;
  readonly rehearsals: ReadonlyMap<string, Rehearsal>;
  /** Undefined when no SQL migration changed. */
  readonly sql: SqlReview | undefined;
  /** The configuration was broken and this mends it; nothing else was looked at. */
  readonly repair: boolean;
  readonly failOn: 'breaking' | 'never';
  readonly summary: string;
  /** The whole report as one HTML page. */
  readonly page: string;
  readonly comment: Posted;
  /** SARIF 2.1.0. */
  readonly sarif: object;
}

/** Reads both sides over the API, compares, counts, and posts the comment. Runs nothing that it reads but checked SQL expressions, see `compute`. */
export async function check(inputs: Inputs, event: CheckEvent): Promise<Checked> {
  const { repository } = event;
  const octokit = connect({ token: inputs.token, baseUrl: context.apiUrl, fewWrites: true });
  const commits = await commitsOf(octokit, event);
  const files = await changedFiles(octokit, repository, commits.base, commits.head);
  const trees = {
    policy: treeAt(octokit, repository, commits.policy),
    base: treeAt(octokit, repository, commits.base),
    head: treeAt(octokit, repository, commits.head),
  };
  const claims = await claimsOf(octokit, event, commits, files);
  const assessed = await assess(trees, files, inputs.config, { today: dayOf(new Date()), claims });
  const configuration = assessed.result === 'reviewed' ? assessed.configuration : defaultConfiguration;
  const review = assessed.result === 'reviewed' ? assessed.review : nothingReviewed(commits, assessed);
  const databases = { ...inputs, environment: process.env };
  const impact = await countImpact(review, configuration, databases);
  const rehearsals = await rehearseMigrations(review, configuration, {
    ...databases,
    records: inputs.rehearsalRecords,
  });
  const sqlSettings = configuration.sql ?? defaultSqlSettings;
  const readCatalog = catalogReader(sqlSettings, databases);
  const sql = assessed.result === 'reviewed' ? await reviewSql(trees, files, sqlSettings, readCatalog) : undefined;
  const headBranch = event.kind === 'pull-request' ? event.headBranch : undefined;
  const input: ReportInput = {
    review,
    policy: configuration.approval,
    targets: configuration.targets,
    impact,
    rehearsals,
    ...(sql === undefined ? {} : { sql }),
    baseBranch: commits.branch,
    links: githubLinks(context.serverUrl, repository, { ...commits, headBranch }),
    ...(inputs.config === configurationPath ? {} : { configuration: inputs.config }),
    fullReport: {
      text: 'the summary of the workflow run',
      url: `${context.serverUrl}/${formatRepository(repository)}/actions/runs/${context.runId || 0}`,
    },
  };
  return {
    review,
    impact,
    rehearsals,
    sql,
    repair: assessed.result === 'repair',
    // What is on a branch was let in by its pull request: a push tells, and does not judge again.
    failOn: event.kind === 'push' ? 'never' : (inputs.failOn ?? configuration.failOn),
    summary: renderReport({ ...input, fullReport: undefined }, fitsSummary, { whole: true }),
    page: renderReportPage(input),
    comment: await comment(octokit, event, inputs, input, files),
    sarif: reportSarif(review, sql, `sluice/${inputs.config}`),
  };
}

async function comment(
  octokit: Octokit,
  event: CheckEvent,
  inputs: Inputs,
  input: ReportInput,
  files: readonly ChangedFile[],
): Promise<Posted> {
  if (event.kind !== 'pull-request') return { posted: 'nothing-to-say' };
  return postComment(octokit, event.repository, {
    number: event.number,
    marker: commentMarker('review', inputs.config),
    bodyAfter: async (before, author) => {
      const suggested = await suggestOn(octokit, event, inputs, { before, author, review: input.review, files });
      const report = { ...input, suggested, saidNoBefore: before !== undefined && saidNo(before) };
      return renderReport(report, fitsComment) + (suggested.length === 0 ? '' : `\n${suggestedMark}`);
    },
    onlyUpdate: hasNothingToSay(input),
  });
}

/** None where the head is not in this repository: the token may not write then. */
async function suggestOn(
  octokit: Octokit,
  event: CheckEvent & { kind: 'pull-request' },
  { config, suggestions }: Inputs,
  said: {
    readonly before: string | undefined;
    readonly author: string;
    readonly review: Review;
    readonly files: readonly ChangedFile[];
  },
): Promise<readonly SuggestedEdit[]> {
  if (event.headBranch === undefined) return [];
  const { number, head, repository } = event;
  const { before, author } = said;
  const place = { number, head, marker: commentMarker('suggestion', config), author, before, isWanted: suggestions };
  return suggest(octokit, repository, place, said.review, said.files);
}

/** What other pull requests bring. That GitHub does not say is no failure: nothing is taken for claimed then. */
async function claimsOf(
  octokit: Octokit,
  event: CheckEvent,
  { branch }: Commits,
  changedFiles: readonly ChangedFile[],
): Promise<readonly ClaimedFile[]> {
  if (event.kind !== 'pull-request' || changedFiles.length === 0) return [];
  return openClaims(octokit, event.repository, { number: event.number, branch, changedFiles }).catch(() => []);
}

function nothingReviewed({ base, head }: Commits, assessed: Exclude<Assessment, { result: 'reviewed' }>): Review {
  const problems = assessed.result === 'unreadable' ? assessed.problems : [];
  return { base, head, schemas: [], problems, verdict: 'none', breakingCount: 0, fingerprint: undefined };
}

function hasNothingToSay({ review: { schemas, problems, findings = [] }, sql }: ReportInput): boolean {
  return sql === undefined && schemas.length === 0 && problems.length === 0 && findings.length === 0;
}
