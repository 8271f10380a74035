import { isObject } from '../../../core/schema/json.ts';
import { answer, type Bridge, findRepo, matches } from '../emulation.ts';

/** GitHub's own limit on the list of a pull request's files. */
const mostFiles = 3000;

/** The files of a pull request, from the comparison of its branches; the emulator makes names up. */
export const pullFiles: Bridge = async (emulation, call, next) => {
  const path = matches(call, 'GET', '/repos/:owner/:repo/pulls/:number/files');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  const pull =
    repo &&
    emulation.store.pullRequests.findBy('repo_id', repo.id).find((row) => String(row.number) === path['number']);
  if (!pull) return next(call);
  const query = new URLSearchParams();
  const compared = await next({
    ...call,
    path: `/repos/${repo.full_name}/compare/${pull.base_sha}...${pull.head_sha}`,
    query,
  });
  if (!compared.ok) return compared;
  const comparison: unknown = await compared.json();
  const files = isObject(comparison as never) ? ((comparison as { files: unknown[] }).files ?? []) : [];
  const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
  const page = Number(call.query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(Math.min(files.length, mostFiles) / size));
  const address = (number: number): string => `${emulation.url}${call.path}?per_page=${size}&page=${number}`;
  const headers: Record<string, string> =
    page < last ? { link: `<${address(page + 1)}>; rel="next", <${address(last)}>; rel="last"` } : {};
  return answer(200, files.slice(0, mostFiles).slice((page - 1) * size, page * size), headers);
};
