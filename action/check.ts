import { context } from '@actions/github';
import type { ApprovalPolicy } from '../core/configuration/configuration.ts';
import { defaultConfiguration } from '../core/configuration/defaults.ts';
import type { Impact } from '../core/impact/impact.ts';
import type { ReportInput } from '../core/rendering/comment/input.ts';
import { renderReport } from '../core/rendering/comment/report.ts';
import { assess } from '../core/review/assess.ts';
import type { Problem, Review } from '../core/review/review.ts';
import { changedFiles } from '../github/changed-files.ts';
import { connect } from '../github/connect.ts';
import { mergeBase } from '../github/merge-base.ts';
import { formatRepository } from '../github/octokit.ts';
import { readPullRequest } from '../github/pull-request.ts';
import { treeAt } from '../github/tree.ts';
import type { PullRequestEvent } from './event.ts';
import { countImpact } from './impact/count-impact.ts';
import type { Inputs } from './inputs.ts';
import { githubLinks } from './links.ts';
import { commentMarker, fitsComment, fitsSummary, type Posted, postComment } from './publish.ts';

export interface Checked {
  readonly review: Review;
  readonly impact: ReadonlyMap<string, Impact>;
  /** The configuration was broken and this mends it; nothing else was looked at. */
  readonly repair: boolean;
  readonly failOn: 'breaking' | 'never';
  readonly summary: string;
  readonly comment: Posted;
}

/** Reads both sides of the pull request over the API, compares, counts, and posts the comment. Runs nothing that it reads. */
export async function checkPullRequest(inputs: Inputs, event: PullRequestEvent): Promise<Checked> {
  const { repository, number, head } = event;
  const octokit = connect({ token: inputs.token, baseUrl: context.apiUrl });
  const pull = await readPullRequest(octokit, repository, number);
  const base = await mergeBase(octokit, repository, pull.base.commit, head);
  const files = await changedFiles(octokit, repository, base, head);
  const trees = {
    policy: treeAt(octokit, repository, pull.base.commit),
    base: treeAt(octokit, repository, base),
    head: treeAt(octokit, repository, head),
  };
  const assessed = await assess(trees, files, inputs.config);
  const reviewed = assessed.result === 'reviewed';
  const configuration = reviewed ? assessed.configuration : defaultConfiguration;
  const problems = assessed.result === 'unreadable' ? assessed.problems : [];
  const review = reviewed ? assessed.review : nothingReviewed(base, head, problems);
  const impact = await countImpact(review, configuration, { ...inputs, environment: process.env });
  const input: ReportInput = {
    review,
    policy: configuration.approval satisfies ApprovalPolicy,
    impact,
    baseBranch: pull.base.branch,
    links: githubLinks(context.serverUrl, repository, { base, head, headBranch: event.headBranch }),
    fullReport: {
      text: 'the summary of the workflow run',
      url: `${context.serverUrl}/${formatRepository(repository)}/actions/runs/${context.runId || 0}`,
    },
  };
  const comment = await postComment(octokit, repository, {
    number,
    marker: commentMarker(inputs.config),
    body: renderReport(input, fitsComment),
    onlyUpdate: hasNothingToSay(review),
  });
  return {
    review,
    impact,
    repair: assessed.result === 'repair',
    failOn: inputs.failOn ?? configuration.failOn,
    summary: renderReport({ ...input, fullReport: undefined }, fitsSummary),
    comment,
  };
}

function nothingReviewed(base: string, head: string, problems: readonly Problem[]): Review {
  return { base, head, schemas: [], problems, verdict: 'none', breakingCount: 0, fingerprint: undefined };
}

function hasNothingToSay({ schemas, problems, findings = [] }: Review): boolean {
  return schemas.length === 0 && problems.length === 0 && findings.length === 0;
}
