import type { JsonObject } from '../../core/schema/json.ts';
import { textOf } from './emulation.ts';
import type { LocalGitHub } from './github.ts';
import { LocalPullRequest } from './pull-request.ts';

/** A repository of the local GitHub, seen by people who push and click. Everything goes over the API with the person's own token. */
export class LocalRepository {
  readonly fullName: string;
  readonly owner: string;
  readonly name: string;
  readonly #github: LocalGitHub;

  constructor(github: LocalGitHub, fullName: string) {
    this.#github = github;
    this.fullName = fullName;
    [this.owner = '', this.name = ''] = fullName.split('/');
  }

  /**
   * One commit on a branch, pushed; null deletes a file. The branch is made from `from` (default `main`) when it is not there.
   * `force` puts the commit on `from` again and leaves what the branch had behind, as a force push does. Returns the commit's SHA.
   */
  async commitFiles(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    push: { by: string; message?: string; from?: string; force?: boolean },
  ): Promise<string> {
    const tip = await this.tipOf(branch);
    const parent = tip === undefined || push.force === true ? await this.tipOf(push.from ?? 'main') : tip;
    if (parent === undefined) throw new Error(`there is no branch ${push.from ?? 'main'} in ${this.fullName}`);
    const call = (method: string, path: string, body?: JsonObject): Promise<JsonObject> =>
      this.call(push.by, method, path, body);
    const { tree: base } = await call('GET', `/git/commits/${parent}`);
    const entries = Object.entries(files).map(([path, content]) => ({
      path,
      mode: '100644',
      type: 'blob',
      ...(content === null ? { sha: null } : { content }),
    }));
    const tree = await call('POST', '/git/trees', { base_tree: (base as { sha: string }).sha, tree: entries });
    const message = push.message ?? `Change ${Object.keys(files).join(', ')}`;
    const commit = await call('POST', '/git/commits', { message, tree: tree['sha'] ?? null, parents: [parent] });
    const sha = textOf(commit['sha']);
    if (tip === undefined) await call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha });
    else await call('PATCH', `/git/refs/heads/${branch}`, { sha, force: push.force === true });
    return sha;
  }

  /** Commit at the end of a branch. */
  async tipOf(branch: string): Promise<string | undefined> {
    const { store } = this.#github.emulator;
    const repo = store.repos.findOneBy('full_name', this.fullName);
    return Promise.resolve(
      store.refs.all().find((row) => row.repo_id === repo?.id && row.ref === `refs/heads/${branch}`)?.sha,
    );
  }

  /** Merges a branch into another one, as the button "Update branch" does. Returns the merge commit's SHA. */
  async mergeBranch(from: string, into: string, by: string): Promise<string> {
    const pull = await this.openPullRequest({ head: from, base: into, title: `Merge ${from} into ${into}`, by });
    return pull.merge(by);
  }

  async openPullRequest(request: {
    head: string;
    base?: string;
    title: string;
    by: string;
    draft?: boolean;
  }): Promise<LocalPullRequest> {
    const { head, base = 'main', title, draft = false } = request;
    const pull = await this.call(request.by, 'POST', '/pulls', { head, base, title, draft });
    return new LocalPullRequest(this.#github, this, Number(pull['number']));
  }

  /** Check runs at a commit, the latest of every App and name. */
  async checkRuns(sha: string, by: string): Promise<readonly CheckRunSeen[]> {
    const { check_runs: runs } = await this.call(by, 'GET', `/commits/${sha}/check-runs`);
    return runs as unknown as readonly CheckRunSeen[];
  }

  async issues(by: string): Promise<readonly IssueSeen[]> {
    const issues = (await this.call(by, 'GET', '/issues?state=all&per_page=100')) as unknown as readonly IssueSeen[];
    return issues.filter((issue) => issue.pull_request === undefined);
  }

  /** A call to this repository's part of the API. Throws when GitHub refuses. */
  async call(by: string, method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const token = this.#github.tokenOf(by);
    const call = { method, path: `/repos/${this.fullName}${path}`, token, ...(body ? { body } : {}) };
    const { status, data } = await this.#github.emulator.request(call);
    if (status >= 400) throw new Error(`${method} ${path} by ${by}: ${status} ${JSON.stringify(data)}`);
    return data as JsonObject;
  }
}

export interface CheckRunSeen {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: { readonly id: number; readonly slug: string } | null;
  readonly output: {
    readonly title: string;
    readonly summary: string;
    readonly text: string | null;
    readonly annotations_count: number;
  };
}

export interface IssueSeen {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly user: { readonly login: string };
  readonly pull_request?: unknown;
}
