import type { Configuration } from '../configuration/configuration.ts';
import { configurationPath } from '../configuration/defaults.ts';
import { type ParsedConfiguration, parseConfiguration } from '../configuration/parse.ts';
import { InputError } from '../input-error.ts';
import { problemOf } from './load-side.ts';
import type { ChangedFile, Problem, Review, Tree } from './review.ts';
import { type ReviewFacts, reviewPullRequest } from './review-pull-request.ts';

/** What Sluice thinks of a pull request, or why it cannot say. */
export type Assessment =
  /** The configuration on the base branch is broken, so nothing could be reviewed. */
  | { readonly result: 'unreadable'; readonly problems: readonly Problem[] }
  /** It is broken, and the pull request does nothing but mend it. */
  | { readonly result: 'repair' }
  | {
      readonly result: 'reviewed';
      readonly review: Review;
      readonly configuration: Configuration;
      /** What the pull request would put in its place, where it changes it and can be read. */
      readonly ahead?: Configuration;
    };

/**
 * Reviews under the rules of the base branch. A configuration that the pull request itself changes does not rule yet, but must not come in
 * broken: its problems are among the review's.
 * @param policy tree of the base branch now, whose `.github/sluice.yml` rules
 * @param path of the configuration file
 * @param facts what the files do not say
 */
export async function assess(
  trees: { readonly policy: Tree; readonly base: Tree; readonly head: Tree },
  changedFiles: readonly ChangedFile[],
  path = configurationPath,
  facts: ReviewFacts = {},
): Promise<Assessment> {
  const parsed = await readConfiguration(trees.policy, path);
  if ('problems' in parsed) {
    const mendsOnly = changedFiles.every((file) => file.path === path);
    if (mendsOnly && 'configuration' in (await readConfiguration(trees.head, path))) return { result: 'repair' };
    return { result: 'unreadable', problems: parsed.problems };
  }
  const { configuration } = parsed;
  const { base, head } = trees;
  const review = await reviewPullRequest({
    base,
    head,
    changedFiles,
    configuration,
    configurationPath: path,
    ...facts,
  });
  const ahead = changedFiles.some((file) => file.path === path) ? await readConfiguration(head, path) : undefined;
  const problems = ahead && 'problems' in ahead ? [...ahead.problems, ...review.problems] : review.problems;
  const proposed = ahead && 'configuration' in ahead ? { ahead: ahead.configuration } : {};
  return { result: 'reviewed', review: { ...review, problems }, configuration, ...proposed };
}

async function readConfiguration(tree: Tree, path: string): Promise<ParsedConfiguration> {
  try {
    const text = await tree.read(path);
    return parseConfiguration(text === undefined ? undefined : { path, text });
  } catch (error) {
    if (error instanceof InputError) return { problems: [problemOf(error, path)] };
    throw error;
  }
}
