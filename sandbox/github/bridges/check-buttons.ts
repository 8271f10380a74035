import type { JsonObject } from '../../../core/schema/json.ts';
import { actorOf, answer, type Bridge, findRepo, matches, refusal, textOf } from '../emulation.ts';
import { withApp } from './app-bound-checks.ts';

/** A click on a button of a check run tells its App (`requested_action`). On GitHub this is the page, not the API: the path is our own. */
export const checkButtons: Bridge = async (emulation, call, next) => {
  const path = matches(call, 'POST', '/repos/:owner/:repo/check-runs/:id/clicks');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  if (!path || !repo) return next(call);
  const label = textOf(call.body?.['label']).toLowerCase();
  const row = emulation.store.checkRuns.get(Number(path['id']));
  const user = call.holder && actorOf(emulation, call.holder);
  const button = row?.actions?.find((one) => one.label.toLowerCase() === label);
  if (!row || !user || button === undefined) return refusal(404, 'Not Found');
  const query = new URLSearchParams();
  const read = async (address: string): Promise<JsonObject> =>
    (await (await next({ ...call, method: 'GET', path: address, query, body: undefined })).json()) as JsonObject;
  const payload = {
    action: 'requested_action',
    requested_action: { identifier: button.id },
    check_run: withApp(emulation, await read(`/repos/${repo.full_name}/check-runs/${row.id}`)),
    repository: await read(`/repos/${repo.full_name}`),
    sender: { login: user.login, id: user.id, type: user.type },
  };
  const [owner = '', name = ''] = repo.full_name.split('/');
  emulation.webhooks.dispatch('check_run', 'requested_action', payload, owner, name);
  return answer(202, {});
};
