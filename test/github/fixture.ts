import { connect } from '../../github/connect.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { type LocalGitHub, startGitHub } from '../../sandbox/github/github.ts';
import type { LocalRepository } from '../../sandbox/github/repository.ts';

export const claims: Repository = { owner: 'acme', repo: 'claims' };

export interface Furnished {
  readonly github: LocalGitHub;
  readonly repository: LocalRepository;
  as(login: string): Octokit;
  /** What a workflow gets; an App like any other, whose id is 15368. */
  readonly workflow: Octokit;
}

/** A GitHub with one organisation (`owner`, `developer`, `platform-engineer` in `acme/platform`), a `stranger`, and one repository. */
export async function furnishedGitHub(files: Record<string, string> = {}): Promise<Furnished> {
  const github = await startGitHub();
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer', 'platform-engineer'] });
  github.createUser('stranger');
  github.createTeam('acme/platform', { members: ['platform-engineer'], permission: 'push' });
  const teams = ['acme/platform'];
  const repository = await github.createRepository('acme/claims', {
    by: 'owner',
    files,
    teams,
    writers: ['developer'],
  });
  const client = (token: string): Octokit => connect({ token, baseUrl: github.url, patient: false });
  const permissions = { contents: 'read', checks: 'write', pull_requests: 'write', issues: 'write' } as const;
  return {
    github,
    repository,
    as: (login) => client(github.tokenOf(login)),
    workflow: client(github.actionsToken(repository, permissions)),
  };
}
