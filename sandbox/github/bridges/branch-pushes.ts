import type { JsonObject } from '../../../core/schema/json.ts';
import type { Bridge, Call, Emulation } from '../emulation.ts';
import type { PullRow } from '../store.ts';
import { repositoryOf } from './base-change.ts';

/** A push to a branch moves the head of its open pull requests and tells the Apps (`synchronize`). */
export const branchPushes: Bridge = async (emulation, call, next) => {
  if (call.method === 'GET') return next(call);
  const response = await next(call);
  for (const pull of emulation.store.pullRequests.all()) {
    if (pull.state === 'open') await follow(emulation, call, next, pull);
  }
  return response;
};

async function follow(emulation: Emulation, call: Call, next: Parameters<Bridge>[2], pull: PullRow): Promise<void> {
  const { store } = emulation;
  const head = store.branches.findBy('repo_id', pull.head_repo_id).find((branch) => branch.name === pull.head_ref);
  const repo = store.repos.get(pull.repo_id);
  if (!head || !repo || head.sha === pull.head_sha) return;
  const before = pull.head_sha;
  const base = store.branches.findBy('repo_id', pull.repo_id).find((branch) => branch.name === pull.base_ref);
  store.pullRequests.update(pull.id, { head_sha: head.sha, base_sha: base?.sha ?? pull.base_sha });
  const query = new URLSearchParams();
  const path = `/repos/${repo.full_name}/pulls/${pull.number}`;
  const fresh = (await (await next({ ...call, method: 'GET', path, query, body: undefined })).json()) as JsonObject;
  const [owner = '', name = ''] = repo.full_name.split('/');
  const payload = {
    action: 'synchronize',
    number: pull.number,
    before,
    after: head.sha,
    pull_request: fresh,
    repository: repositoryOf(fresh),
    sender: fresh['user'],
  };
  emulation.webhooks.dispatch('pull_request', 'synchronize', payload, owner, name);
}
