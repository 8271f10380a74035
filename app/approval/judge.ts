import { effectivePolicy } from '../../core/approval/conjoin.ts';
import { explain } from '../../core/approval/decide.ts';
import type { Decision } from '../../core/approval/decision.ts';
import type { ApprovalFacts } from '../../core/approval/facts.ts';
import type { CountedRecords } from '../../core/approval/subject.ts';
import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import type { Problem } from '../../core/review/review.ts';
import { windowFaults } from '../../core/schedule/policy-windows.ts';
import { formatRepository, type Octokit, type Repository } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { isPermissionMissing } from '../../github/request-status.ts';
import { countsOf } from '../../registry/record-counts.ts';
import type { AppContext } from '../context.ts';
import type { Reviewed } from './assess.ts';
import { approvalFacts } from './facts.ts';
import { registryMemory } from './memory.ts';
import { organisationPolicy } from './organisation-policy.ts';

/** A decision with the policy that made it, or why there is none: then nothing is approved. */
export type Judgement =
  | {
      readonly result: 'decided';
      readonly decision: Decision;
      readonly policy: ApprovalPolicy;
      readonly facts: ApprovalFacts;
    }
  | { readonly result: 'undecided'; readonly problems: readonly Problem[] };

export interface Case {
  readonly repository: Repository;
  readonly pull: PullRequest;
  readonly reviewed: Reviewed;
  /** What `reviewed` is of. */
  readonly commit: string;
  /** The base branch's last commit; for a merged pull request the one before the merge. */
  readonly baseCommit: string;
  /** Instead of the reviews of the pull request, where there is none. */
  readonly reviews?: ApprovalFacts['reviews'];
}

const permissionMissing: Problem = {
  place: { path: configurationPath },
  problem: 'GitHub does not let Sluice ask who may approve',
  remedy: 'Give the App the permissions of its manifest, app.yml: "Members: read" is among them',
};

/**
 * Decides now, by the policy that rules now: the floor of this server, and the repository's own policy or else the organisation's. What is
 * not approved because GitHub does not answer is thrown, to be tried again.
 */
export async function judge(context: AppContext, octokit: Octokit, given: Case): Promise<Judgement> {
  try {
    const ruling = await rulingPolicy(context, octokit, given.repository, given.reviewed.configuration.approval);
    if ('problems' in ruling) return { result: 'undecided', problems: ruling.problems };
    const { policy } = ruling;
    const of = { repository: formatRepository(given.repository), pullRequest: given.pull.number };
    const answers = approvalFacts(
      context,
      octokit,
      given,
      registryMemory(context.registry, of),
      await recordsOf(context, of),
    );
    const facts = given.reviews === undefined ? answers : { ...answers, reviews: given.reviews };
    const { decision } = await explain(policy, facts, given.reviewed.review.fingerprint);
    return { result: 'decided', decision, policy, facts };
  } catch (error) {
    if (isPermissionMissing(error)) return { result: 'undecided', problems: [permissionMissing] };
    throw error;
  }
}

/** How many records the tables hold, by path and fingerprint of the schema, as far as runners have counted. */
async function recordsOf(
  { registry }: AppContext,
  of: { readonly repository: string; readonly pullRequest: number },
): Promise<CountedRecords> {
  const counts = await countsOf(registry, of);
  return (path, fingerprint) => {
    const known = counts.flatMap((one) =>
      one.path === path && one.fingerprint === fingerprint ? (one.records ?? []) : [],
    );
    return known.length === 0 ? undefined : Math.max(...known);
  };
}

/** The policy of a repository as it rules now, or why it cannot be told. */
export async function rulingPolicy(
  { floor, registry }: Pick<AppContext, 'floor'> & Partial<Pick<AppContext, 'registry'>>,
  octokit: Octokit,
  { owner }: Repository,
  repository: ApprovalPolicy,
): Promise<{ readonly policy: ApprovalPolicy } | { readonly problems: readonly Problem[] }> {
  if (repository.isDefault !== true) return readable(effectivePolicy({ floor, organisation: undefined, repository }));
  const organisation = await organisationPolicy(octokit, owner, registry);
  if ('problems' in organisation) return organisation;
  return readable(effectivePolicy({ floor, organisation: organisation.policy, repository }));
}

/** A policy with a window that nobody can read decides nothing. */
function readable(policy: ApprovalPolicy): { policy: ApprovalPolicy } | { problems: readonly Problem[] } {
  const faults = windowFaults(policy);
  if (faults.length === 0) return { policy };
  return { problems: faults.map((fault) => ({ place: { path: configurationPath }, ...fault })) };
}
