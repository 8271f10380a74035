import { isObject, type Json, type JsonObject } from '../../../core/schema/json.ts';
import { answer, type Bridge, type Emulation, findRepo, matches, refusal, rewritten } from '../emulation.ts';

/** Check runs belong to the App that made them: only Apps make them, only their own change them, and every answer names the App. */
export const appBoundChecks: Bridge = async (emulation, call, next) => {
  const { store } = emulation;
  const installation = call.holder?.installation;
  const changed = matches(call, 'PATCH', '/repos/:owner/:repo/check-runs/:id');
  if (changed || matches(call, 'POST', '/repos/:owner/:repo/check-runs')) {
    if (!installation) return refusal(403, 'You must authenticate via a GitHub App.');
    const owned = changed ? store.checkRuns.get(Number(changed['id'])) : undefined;
    if (owned && owned.app_id !== installation.appId)
      return refusal(403, 'Invalid app_id - check run can only be modified by the GitHub App that created it.');
    return rewritten(await next({ ...call, body: { ...call.body, app_id: installation.appId } }), (run) =>
      withApp(emulation, run),
    );
  }
  const listed = matches(call, 'GET', '/repos/:owner/:repo/commits/:sha/check-runs');
  const repo = listed && findRepo(store, listed['owner'], listed['repo']);
  if (listed && repo)
    return list(emulation, call.query, repo.id, listed['sha'] ?? '', (id) =>
      next({ ...call, path: `/repos/${repo.full_name}/check-runs/${id}`, query: new URLSearchParams() }),
    );
  if (matches(call, 'GET', '/repos/:owner/:repo/check-runs/:id'))
    return rewritten(await next(call), (run) => withApp(emulation, run));
  return next(call);
};

export function withApp({ store }: Emulation, run: Json): Json {
  if (!isObject(run)) return run;
  const app = store.apps.findOneBy('app_id', store.checkRuns.get(Number(run['id']))?.app_id ?? -1);
  return { ...run, app: app ? { id: app.app_id, slug: app.slug, name: app.name } : null };
}

/** Latest of every App and name, as GitHub lists them; the emulator would drop one App's run for another's of the same name. */
async function list(
  emulation: Emulation,
  query: URLSearchParams,
  repo: number,
  sha: string,
  read: (id: number) => Promise<Response>,
): Promise<Response> {
  const wanted = emulation.store.checkRuns
    .findBy('repo_id', repo)
    .filter((run) => run.head_sha === sha)
    .filter((run) => query.get('check_name') === null || run.name === query.get('check_name'))
    .filter((run) => query.get('app_id') === null || String(run.app_id) === query.get('app_id'));
  const latest = new Map(
    wanted.map((run) => [query.get('filter') === 'all' ? String(run.id) : `${run.app_id} ${run.name}`, run.id]),
  );
  const runs = await Promise.all([...latest.values()].map(async (id) => (await (await read(id)).json()) as JsonObject));
  return answer(200, { total_count: runs.length, check_runs: runs.map((run) => withApp(emulation, run)) });
}
