import { isTransitive, worst } from '../compatibility/mode.ts';
import type { Configuration, SchemaSet, Target } from '../configuration/configuration.ts';
import { configurationPath } from '../configuration/defaults.ts';
import { isAccepted, withAcceptances } from './acceptance.ts';
import { changeVerdict } from './asked.ts';
import { mostEarlier } from './compare-sides.ts';
import type { Day } from './expiry.ts';
import { totalFingerprint } from './fingerprint.ts';
import { readVersions, withPredecessor } from './layout/predecessors.ts';
import { listedOnce } from './listed-once.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { expandOpenApi } from './openapi/expand.ts';
import { findReferrers } from './referrers.ts';
import type { ChangedFile, ClaimedFile, Problem, Review, SchemaReview, Tree } from './review.ts';
import { reviewSchema } from './review-schema.ts';
import { applyRules } from './rules/apply.ts';
import { type SelectedSchema, selectSchemas, setFinder } from './select-schemas.ts';

export interface ReviewRequest extends ReviewFacts {
  /** The commit to compare with: the merge base of a pull request, or the commit before a merge. */
  readonly base: Tree;
  readonly head: Tree;
  /** All files that differ between the two. */
  readonly changedFiles: readonly ChangedFile[];
  /** As it stands on the base branch. */
  readonly configuration: Configuration;
}

/** What the files do not say. */
export interface ReviewFacts {
  /** The day it is, in UTC, see `dayOf`; absent: what counts until some day counts no more. */
  readonly today?: Day | undefined;
  /** What other open pull requests bring, as far as it is known. */
  readonly claims?: readonly ClaimedFile[];
  /** Where the configuration is; absent: the usual place. */
  readonly configurationPath?: string;
}

/**
 * What Sluice thinks of a pull request: the same in the Action, the App and the terminal, and the same tomorrow.
 * Bad input comes back as problems; what throws is a bug or a tree that cannot be read.
 */
export async function reviewPullRequest(request: ReviewRequest): Promise<Review> {
  const { changedFiles, configuration, today, claims = [] } = request;
  const [base, head] = [listedOnce(request.base), listedOnce(request.head)];
  const setOf = setFinder(configuration.schemas);
  const versions = await readVersions(base, changedFiles, setOf);
  const direct = selectSchemas(changedFiles, setOf).map((schema) => withPredecessor(schema, versions));
  await prefetch(direct, base, head);
  const referrers = await findReferrers(base, head, changedFiles, setOf);
  const selected = [...direct, ...referrers.map((schema) => withPredecessor(schema, versions))];
  if (referrers.length > 0) await prefetch(selected, base, head);
  const expanded = await expandOpenApi(selected, base, head);
  const reviewed = await mapInParallel(expanded.schemas, (schema) =>
    reviewSchema({ ...schema, target: targetOf(schema.set, configuration) }, base, head),
  );
  const found = reviewed
    .flatMap(({ review, bundle }) => (review === undefined ? [] : [{ review, bundle }]))
    .sort(({ review: a }, { review: b }) =>
      a.path === b.path ? (a.name < b.name ? -1 : 1) : a.path < b.path ? -1 : 1,
    );
  const subjects = withAcceptances(found, configuration.accept ?? [], today);
  const schemas = subjects.map(({ review }) => review);
  const problems = withoutDoubles([...expanded.problems, ...reviewed.flatMap((each) => each.problems)]);
  const findings = await applyRules({
    reviews: schemas,
    subjects,
    changedFiles,
    base,
    head,
    configuration,
    configurationPath: request.configurationPath ?? configurationPath,
    versions,
    today,
    claims,
  });
  const stopped = schemas.filter((schema) => !isAccepted(schema));
  return {
    base: base.commit,
    head: head.commit,
    schemas,
    problems,
    findings,
    verdict: schemas.length === 0 ? 'none' : worst(stopped.map(({ verdict }) => verdict)),
    breakingCount: stopped.reduce((sum, schema) => sum + breakingChanges(schema), 0),
    fingerprint: totalFingerprint(schemas),
  };
}

function targetOf({ target }: SchemaSet, { targets }: Configuration): Target | undefined {
  return target === undefined ? undefined : targets.get(target);
}

/** A few are read as they are needed; many are fetched together. */
async function prefetch(schemas: readonly SelectedSchema[], base: Tree, head: Tree): Promise<void> {
  const earlier = schemas.flatMap(({ set, predecessor, earlier = [] }) => [
    ...(predecessor ? [predecessor] : []),
    ...(isTransitive(set.compatibility) ? earlier.slice(-mostEarlier) : []),
  ]);
  const on = (side: 'base' | 'head'): string[] => earlier.filter((one) => one.side === side).map(({ path }) => path);
  const before = schemas
    .filter(({ change }) => change !== 'added')
    .map(({ path, previousPath }) => previousPath ?? path);
  const after = schemas.filter(({ change }) => change !== 'removed').map(({ path }) => path);
  const [old, now] = [[...new Set([...before, ...on('base')])], [...new Set([...after, ...on('head')])]];
  if (old.length + now.length < 8) return;
  await Promise.all([base.prefetch?.(old), head.prefetch?.(now)]);
}

/** How many changes of a schema do not pass; at least one when the whole does not. */
export function breakingChanges(schema: SchemaReview): number {
  if (schema.verdict === 'compatible') return 0;
  const changes = schema.comparison?.changes ?? [];
  return Math.max(
    1,
    changes.filter((change) => changeVerdict(schema.set.compatibility, change) !== 'compatible').length,
  );
}

/** Many schemas may reach the same broken file. */
function withoutDoubles(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
