import type { JsonObject } from '../../../core/schema/json.ts';
import {
  actorOf,
  answer,
  type Bridge,
  type Call,
  type Emulation,
  findRepo,
  matches,
  refusal,
  textOf,
} from '../emulation.ts';
import type { CommitRow, PullRow, RepoRow } from '../store.ts';
import { noteRebased } from './associated-pulls.ts';
import { repositoryOf } from './base-change.ts';
import { filesOf, threeWay } from './merge-trees.ts';

/**
 * Merges onto the base branch as it is now, with a tree that holds both sides (merge, squash or rebase); the emulator would put the head's tree
 * onto the base of the day the pull request was opened.
 */
export const merge: Bridge = async (emulation, call, next) => {
  const path = matches(call, 'PUT', '/repos/:owner/:repo/pulls/:number/merge');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  const pull =
    repo &&
    emulation.store.pullRequests.findBy('repo_id', repo.id).find((row) => String(row.number) === path['number']);
  if (!pull || call.token === undefined || !call.holder) return next(call);
  if (pull.state !== 'open' || pull.draft) return refusal(405, 'Pull Request is not mergeable');
  if (typeof call.body?.['sha'] === 'string' && call.body['sha'] !== pull.head_sha)
    return refusal(409, 'Head branch was modified');
  const missing = missingCheck(emulation, repo, pull);
  if (missing !== undefined) return refusal(405, `Required status check "${missing}" is expected.`);
  const method = textOf(call.body?.['merge_method']) || 'merge';
  const sha = await put(emulation, call.token, repo, pull, method);
  if (typeof sha !== 'string') return sha;
  close(emulation, call, pull, sha);
  const answered = await next({
    ...call,
    method: 'GET',
    path: `/repos/${repo.full_name}/pulls/${pull.number}`,
    body: undefined,
  });
  const merged = (await answered.json()) as JsonObject;
  const [owner = '', name = ''] = repo.full_name.split('/');
  const payload = {
    action: 'closed',
    number: pull.number,
    pull_request: merged,
    repository: repositoryOf(merged),
    sender: merged['merged_by'],
  };
  emulation.webhooks.dispatch('pull_request', 'closed', payload, owner, name);
  return answer(200, { sha, merged: true, message: 'Pull Request successfully merged' });
};

function missingCheck({ store }: Emulation, repo: RepoRow, pull: PullRow): string | undefined {
  const rule = store.branchProtections.findBy('repo_id', repo.id).find((row) => row.branch_name === pull.base_ref);
  return rule?.required_status_checks?.contexts.find((context) => {
    const latest = store.checkRuns
      .findBy('repo_id', repo.id)
      .findLast((run) => run.head_sha === pull.head_sha && run.name === context);
    return !['success', 'neutral', 'skipped'].includes(latest?.conclusion ?? '');
  });
}

async function put(
  emulation: Emulation,
  token: string,
  repo: RepoRow,
  pull: PullRow,
  method: string,
): Promise<string | Response> {
  const { store } = emulation;
  const base = store.branches.findBy('repo_id', repo.id).find((branch) => branch.name === pull.base_ref);
  const compared = await emulation.request({
    method: 'GET',
    path: `/repos/${repo.full_name}/compare/${base?.sha}...${pull.head_sha}`,
    token,
  });
  const { merge_base_commit: from, commits = [] } = compared.data as unknown as {
    merge_base_commit?: CommitRow;
    commits?: CommitRow[];
  };
  if (!base || !from) return refusal(405, 'Pull Request is not mergeable');
  const steps = method === 'rebase' ? [from.sha, ...commits.map((commit) => commit.sha)] : [from.sha, pull.head_sha];
  let tip = base.sha;
  for (const [index, after] of steps.slice(1).entries()) {
    const before = steps[index] ?? from.sha;
    const parents = method === 'merge' ? [tip, pull.head_sha] : [tip];
    const made = await commitOnto(emulation, token, repo, {
      before,
      after,
      tip,
      parents,
      message: titleOf(pull, method),
    });
    if (made === undefined) return refusal(405, 'Pull Request is not mergeable');
    if (method === 'rebase') noteRebased(emulation.notes, repo.id, made, pull.number);
    tip = made;
  }
  store.branches.update(base.id, { sha: tip });
  const ref = store.refs.findBy('repo_id', repo.id).find((row) => row.ref === `refs/heads/${base.name}`);
  if (ref) store.refs.update(ref.id, { sha: tip });
  return tip;
}

async function commitOnto(
  emulation: Emulation,
  token: string,
  repo: RepoRow,
  step: { before: string; after: string; tip: string; parents: string[]; message: string },
): Promise<string | undefined> {
  const treeOf = (sha: string): string =>
    emulation.store.commits.findBy('repo_id', repo.id).find((commit) => commit.sha === sha)?.tree_sha ?? '';
  const files = (sha: string): ReturnType<typeof filesOf> => filesOf(emulation.store, repo.id, treeOf(sha));
  const changes = threeWay(files(step.before), files(step.tip), files(step.after));
  if (!changes) return undefined;
  const git = `/repos/${repo.full_name}/git`;
  const body = { base_tree: treeOf(step.tip), tree: changes.map((change) => ({ ...change })) };
  const tree =
    changes.length === 0
      ? treeOf(step.tip)
      : shaOf(await emulation.request({ method: 'POST', path: `${git}/trees`, token, body }));
  const commit = { message: step.message, tree, parents: step.parents };
  return shaOf(await emulation.request({ method: 'POST', path: `${git}/commits`, token, body: commit }));
}

function shaOf(made: { status: number; data: unknown }): string {
  if (made.status !== 201) throw new Error(`the emulated GitHub refused to merge: ${JSON.stringify(made.data)}`);
  return (made.data as { sha: string }).sha;
}

function close({ store, ...emulation }: Emulation, call: Call, pull: PullRow, sha: string): void {
  const now = new Date().toISOString();
  const by = call.holder ? (actorOf({ store, ...emulation }, call.holder)?.id ?? null) : null;
  store.pullRequests.update(pull.id, {
    merged: true,
    merged_at: now,
    merged_by_id: by,
    merge_commit_sha: sha,
    state: 'closed',
    closed_at: now,
    mergeable: false,
    mergeable_state: 'unknown',
  });
  const issue = store.issues.findBy('repo_id', pull.repo_id).find((row) => row.number === pull.number);
  if (issue) store.issues.update(issue.id, { state: 'closed', closed_at: now, closed_by_id: by });
}

function titleOf(pull: PullRow, method: string): string {
  return method === 'merge'
    ? `Merge pull request #${pull.number} from ${pull.head_ref}`
    : `${pull.title} (#${pull.number})`;
}
