import type { Octokit, Repository } from './octokit.ts';

/** Commits, one after the other, that reached a branch past any pull request. */
export interface DirectPush {
  /** The commit before the first of them. */
  readonly base: string;
  readonly head: string;
  /** All of them, as far as they could be told. */
  readonly commits: readonly string[];
}

/** Further back nobody looks commit by commit. */
const mostCommits = 300;

/**
 * What reached a branch between two of its commits without a pull request into it. Follows first parents, as the branch itself moved. When
 * the old commit is not among them (the branch was rewritten, or has moved too far), all of it counts as one push.
 * @param ends commits that are known to be the last of a push: what was pushed apart is looked at apart
 */
export async function directPushes(
  octokit: Octokit,
  repository: Repository,
  branch: string,
  range: { readonly from: string; readonly to: string },
  ends: ReadonlySet<string>,
): Promise<readonly DirectPush[]> {
  const steps = await stepsBetween(octokit, repository, range);
  if (steps === undefined) return [{ base: range.from, head: range.to, commits: [range.to] }];
  const pushes: DirectPush[] = [];
  for (const { commit, parent } of steps) {
    if (await cameThroughPullRequest(octokit, repository, branch, commit)) continue;
    const last = pushes.at(-1);
    if (last?.head === parent && !ends.has(parent))
      pushes[pushes.length - 1] = { ...last, head: commit, commits: [...last.commits, commit] };
    else pushes.push({ base: parent, head: commit, commits: [commit] });
  }
  return pushes;
}

interface Step {
  readonly commit: string;
  readonly parent: string;
}

/** Oldest first. */
async function stepsBetween(
  octokit: Octokit,
  repository: Repository,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Step[] | undefined> {
  const steps: Step[] = [];
  for (let commit = to; commit !== from; ) {
    if (steps.length === mostCommits) return undefined;
    const { data } = await octokit.rest.git.getCommit({ ...repository, commit_sha: commit });
    const parent = data.parents[0]?.sha;
    if (parent === undefined) return undefined;
    steps.unshift({ commit, parent });
    commit = parent;
  }
  return steps;
}

async function cameThroughPullRequest(
  octokit: Octokit,
  repository: Repository,
  branch: string,
  commit: string,
): Promise<boolean> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: commit });
  return data.some((pull) => pull.merged_at !== null && pull.base.ref === branch);
}
