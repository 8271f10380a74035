import type { JsonObject } from '../../../core/schema/json.ts';
import { type Bridge, findRepo, matches } from '../emulation.ts';

/** Retargeting a pull request tells the Apps (`edited`, with the old base), which the emulator keeps to itself. */
export const baseChange: Bridge = async (emulation, call, next) => {
  const path = matches(call, 'PATCH', '/repos/:owner/:repo/pulls/:number');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  const before =
    repo &&
    emulation.store.pullRequests.findBy('repo_id', repo.id).find((row) => String(row.number) === path['number']);
  const from = before && { ref: { from: before.base_ref }, sha: { from: before.base_sha } };
  const response = await next(call);
  if (
    !from ||
    !repo ||
    !response.ok ||
    typeof call.body?.['base'] !== 'string' ||
    call.body['base'] === from.ref.from
  ) {
    return response;
  }
  const pull = (await response.clone().json()) as JsonObject;
  const [owner = '', name = ''] = repo.full_name.split('/');
  const payload = {
    action: 'edited',
    number: pull['number'],
    changes: { base: from },
    pull_request: pull,
    repository: repositoryOf(pull),
  };
  emulation.webhooks.dispatch('pull_request', 'edited', payload, owner, name);
  return response;
};

export function repositoryOf(pull: JsonObject): unknown {
  return (pull['base'] as JsonObject | undefined)?.['repo'];
}
