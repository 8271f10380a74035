import { type ActionRequest, type ActionResult, runAction } from '../../sandbox/action.ts';
import { type LocalGitHub, startGitHub } from '../../sandbox/github/github.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import type { LocalRepository } from '../../sandbox/github/repository.ts';

type Files = Readonly<Record<string, string | null>>;

/** A GitHub with a repository, in which tests push, open pull requests and run the bundled Action. */
export class Workbench {
  readonly github: LocalGitHub;
  readonly #repository: LocalRepository;
  #branches = 0;

  constructor(github: LocalGitHub, repository: LocalRepository) {
    this.github = github;
    this.#repository = repository;
  }

  /** A pull request that changes `files`; null deletes. */
  async propose(files: Files): Promise<Proposal> {
    this.#branches += 1;
    const head = `topic-${this.#branches}`;
    await this.#repository.commitFiles(head, files, { by: 'developer' });
    const pull = await this.#repository.openPullRequest({ head, title: 'A change', by: 'developer' });
    return new Proposal(this.github, this.#repository, pull, head);
  }
}

export class Proposal {
  readonly pull: LocalPullRequest;
  readonly #github: LocalGitHub;
  readonly #repository: LocalRepository;
  readonly #branch: string;

  constructor(github: LocalGitHub, repository: LocalRepository, pull: LocalPullRequest, branch: string) {
    this.#github = github;
    this.#repository = repository;
    this.pull = pull;
    this.#branch = branch;
  }

  async push(files: Files): Promise<void> {
    await this.#repository.commitFiles(this.#branch, files, { by: 'developer' });
  }

  /** The commit at the end of the base branch. */
  async base(): Promise<string> {
    return (await this.#repository.tipOf('main')) ?? '';
  }

  run(
    step: Partial<Omit<ActionRequest, 'github' | 'repository' | 'pull'>> = {},
    permissions: Readonly<Record<string, 'read' | 'write'>> = { contents: 'read', pull_requests: 'write' },
  ): Promise<ActionResult> {
    const token = this.#github.actionsToken(this.#repository, permissions);
    return runAction({ github: this.#github, repository: this.#repository, pull: this.pull, token, ...step });
  }

  /** Bodies of the comments, without the line that only Sluice reads. */
  async comments(): Promise<string[]> {
    return (await this.pull.comments('developer')).map(({ body }) => body.replace(/^<!-- sluice:review:\w+ -->\n/, ''));
  }
}

/** `main` holds `files`. `developer` writes, `owner` owns, `platform-engineer` is in acme/platform. */
export async function workbenchWith(files: Readonly<Record<string, string>>): Promise<Workbench> {
  const github = await startGitHub();
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer', 'platform-engineer'] });
  github.createTeam('acme/platform', { members: ['platform-engineer'] });
  const settings = { by: 'owner', files, teams: ['acme/platform'], writers: ['developer'] };
  return new Workbench(github, await github.createRepository('acme/claims', settings));
}

/** Commit ids differ from run to run. */
export function withoutCommits(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{40}\b/g, '<commit>').replaceAll(/@[0-9a-f]{7}\b/g, '@<commit>');
}
