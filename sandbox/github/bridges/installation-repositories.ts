import { answer, type Bridge, matches, refusal } from '../emulation.ts';

/** GET /installation/repositories: what an installation may see, which the emulator does not list. */
export const installationRepositories: Bridge = async (emulation, call, next) => {
  if (!matches(call, 'GET', '/installation/repositories')) return next(call);
  const installation = call.holder?.installation;
  if (!installation) return refusal(403, 'You must authenticate with an installation access token.');
  const rows = emulation.store.repos
    .all()
    .filter((repo) => repo.owner_id === installation.accountId && repo.owner_type === installation.accountType)
    .filter((repo) => installation.repositorySelection === 'all' || installation.repositoryIds.includes(repo.id));
  const query = new URLSearchParams();
  const repositories = await Promise.all(
    rows.map(async (repo) => (await next({ ...call, path: `/repos/${repo.full_name}`, query })).json()),
  );
  return answer(200, {
    total_count: repositories.length,
    repository_selection: installation.repositorySelection,
    repositories,
  });
};
