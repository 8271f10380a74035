import { answer, type Bridge, findRepo, matches } from '../emulation.ts';

/** By repository: commits that a rebase merge put on the base branch, and the pull request they came from. */
const note = 'rebased commits';

export function noteRebased(notes: Map<string, unknown>, repo: number, sha: string, pull: number): void {
  const known = (notes.get(note) as Map<string, number> | undefined) ?? new Map<string, number>();
  notes.set(note, known.set(`${repo}:${sha}`, pull));
}

/** GET commits/:sha/pulls, which the emulator lacks. */
export const associatedPulls: Bridge = async (emulation, call, next) => {
  const path = matches(call, 'GET', '/repos/:owner/:repo/commits/:sha/pulls');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  if (!repo) return next(call);
  const rebased = (emulation.notes.get(note) as Map<string, number> | undefined)?.get(`${repo.id}:${path['sha']}`);
  const numbers = emulation.store.pullRequests
    .findBy('repo_id', repo.id)
    .filter((pull) => pull.merge_commit_sha === path['sha'] || pull.head_sha === path['sha'] || pull.number === rebased)
    .map((pull) => pull.number);
  const pulls = await Promise.all(
    numbers.map(async (number) => (await next({ ...call, path: `/repos/${repo.full_name}/pulls/${number}` })).json()),
  );
  return answer(200, pulls);
};
