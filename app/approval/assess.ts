import type { Configuration } from '../../core/configuration/configuration.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import type { ChangedFile, Fingerprint, Problem, Review, Tree } from '../../core/review/review.ts';
import { reviewPullRequest } from '../../core/review/review-pull-request.ts';
import { changedFiles } from '../../github/changed-files.ts';
import { formatRepository, type Octokit, type Repository } from '../../github/octokit.ts';
import { treeAt } from '../../github/tree.ts';
import type { AppContext } from '../context.ts';

/** What the App thinks of a change, computed from the two trees alone: comments, reports and checks of others are never read. */
export type Assessment =
  | { readonly result: 'unreadable'; readonly problems: readonly Problem[] }
  /** The rules cannot be read, and the change does nothing but mend them. */
  | { readonly result: 'repair' }
  | {
      readonly result: 'reviewed';
      readonly review: Review;
      readonly configuration: Configuration;
    };

export interface Change {
  /** Commit whose `.github/sluice.yml` rules: on the base branch, never the pull request's. */
  readonly policy: string;
  readonly base: string;
  readonly head: string;
}

/** Commits never change, so neither does what is thought of them: it is computed once and kept for a while. */
export function assess(
  { assessments }: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  change: Change,
): Promise<Assessment> {
  const name = [formatRepository(repository).toLowerCase(), change.policy, change.base, change.head].join(' ');
  return assessments.get(name, () => computeAssessment(octokit, repository, change));
}

async function computeAssessment(octokit: Octokit, repository: Repository, change: Change): Promise<Assessment> {
  const rules = treeAt(octokit, repository, change.policy);
  const parsed = await readConfiguration(rules);
  if ('problems' in parsed) {
    if (await isRepair(octokit, repository, change)) return { result: 'repair' };
    return { result: 'unreadable', problems: parsed.problems };
  }
  const { configuration } = parsed;
  const base = change.base === change.policy ? rules : treeAt(octokit, repository, change.base);
  const head = treeAt(octokit, repository, change.head);
  const files = await changedFiles(octokit, repository, change.base, change.head);
  const review = await reviewPullRequest({ base, head, changedFiles: files, configuration });
  const problems = [...(await problemsAhead(head, files)), ...review.problems];
  return { result: 'reviewed', review: { ...review, problems }, configuration };
}

/** The fingerprint that a commit would have had approved; undefined when it cannot be told. */
export async function fingerprintAt(
  context: Pick<AppContext, 'assessments'>,
  octokit: Octokit,
  repository: Repository,
  change: Change,
): Promise<Fingerprint | undefined> {
  const assessment = await assess(context, octokit, repository, change);
  if (assessment.result !== 'reviewed' || assessment.review.problems.length > 0) return undefined;
  return assessment.review.fingerprint;
}

/** Else a broken configuration could never be mended: its own check would stay red. */
async function isRepair(octokit: Octokit, repository: Repository, { base, head }: Change): Promise<boolean> {
  const files = await changedFiles(octokit, repository, base, head);
  if (files.some((file) => file.path !== configurationPath)) return false;
  return 'configuration' in (await readConfiguration(treeAt(octokit, repository, head)));
}

async function readConfiguration(tree: Tree): Promise<ReturnType<typeof parseConfiguration>> {
  const text = await tree.read(configurationPath);
  return parseConfiguration(text === undefined ? undefined : { path: configurationPath, text });
}

/** A configuration that the pull request itself would bring in: it does not rule yet, and must not come in broken. */
async function problemsAhead(head: Tree, files: readonly ChangedFile[]): Promise<readonly Problem[]> {
  if (!files.some((file) => file.path === configurationPath)) return [];
  const parsed = await readConfiguration(head);
  return 'problems' in parsed ? parsed.problems : [];
}
