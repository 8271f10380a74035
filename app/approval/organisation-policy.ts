import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import { InputError } from '../../core/input-error.ts';
import { problemOf } from '../../core/review/load-side.ts';
import type { Problem } from '../../core/review/review.ts';
import type { Octokit } from '../../github/octokit.ts';
import { requestStatus, unlessMissing } from '../../github/request-status.ts';
import { treeAt } from '../../github/tree.ts';
import type { Database } from '../../registry/database.ts';
import { takeBack, tellOnce, wasTold } from '../../registry/told.ts';

/** Where an organisation keeps what is for all its repositories, as GitHub has it. */
const repo = '.github';

/**
 * `approval:` of `.github/sluice.yml` in the organisation's repository `.github`, as its default branch has it now. Undefined: there is no
 * such repository, no such file, or the file says nothing of approvals. One that is there and cannot be read is a problem, never "none"; and
 * so is one that was there and whose repository is out of sight now: GitHub says 404 of what is gone and of what the App may not see.
 * @param memory of whether there was one; absent: nothing is remembered
 */
export async function organisationPolicy(
  octokit: Octokit,
  owner: string,
  memory?: Database,
): Promise<OrganisationPolicy> {
  const found = await readPolicy(octokit, owner);
  if (memory === undefined || 'problems' in found) return found;
  const of = { repository: `${owner}/${repo}`, pullRequest: 0 };
  if (found.policy !== undefined) await tellOnce(memory, of, known);
  else if (found.isThere) await takeBack(memory, of, known);
  else if (await wasTold(memory, of, known)) return { problems: [outOfSight(owner)] };
  return found;
}

type OrganisationPolicy = { readonly policy: ApprovalPolicy | undefined } | { readonly problems: readonly Problem[] };

const known = 'the organisation has a policy';

function outOfSight(owner: string): Problem {
  return {
    place: { path: configurationPath },
    problem: `The organisation had a policy in ${owner}/${repo}, and the App cannot see that repository any more`,
    remedy: `Install the App on ${owner}/${repo}, or write \`approval:\` into the configuration of this repository`,
  };
}

async function readPolicy(
  octokit: Octokit,
  owner: string,
): Promise<
  { readonly policy: ApprovalPolicy | undefined; readonly isThere: boolean } | { readonly problems: readonly Problem[] }
> {
  const repository = await unlessMissing(octokit.rest.repos.get({ owner, repo }), undefined);
  if (repository === undefined) return { policy: undefined, isThere: false };
  const commit = await tipOf(octokit, owner, repository.data.default_branch);
  if (commit === undefined) return { policy: undefined, isThere: true };
  const path = `${owner}/${repo}/${configurationPath}`;
  try {
    const text = await treeAt(octokit, { owner, repo }, commit).read(configurationPath);
    if (text === undefined) return { policy: undefined, isThere: true };
    const parsed = parseConfiguration({ path, text });
    if ('problems' in parsed) return parsed;
    const { approval } = parsed.configuration;
    return { policy: approval.isDefault === true ? undefined : approval, isThere: true };
  } catch (error) {
    if (error instanceof InputError) return { problems: [problemOf(error, path)] };
    throw error;
  }
}

/** Undefined: nothing was ever pushed to it. */
async function tipOf(octokit: Octokit, owner: string, branch: string): Promise<string | undefined> {
  try {
    return (await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    // 409: "Git Repository is empty."
    if ([404, 409].includes(requestStatus(error) ?? 0)) return undefined;
    throw error;
  }
}
