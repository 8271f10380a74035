import type { Octokit } from './octokit.ts';

/** Login of whoever the token stands for: `github-actions[bot]`, `sluice[bot]`, a person. REST refuses this question to Apps, GraphQL does not. */
export async function ownLogin(octokit: Octokit): Promise<string> {
  const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
  return viewer.login;
}
