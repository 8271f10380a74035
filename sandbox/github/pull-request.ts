import { textOf } from './emulation.ts';
import type { LocalGitHub } from './github.ts';
import type { CheckRunSeen, LocalRepository } from './repository.ts';

export interface CommentSeen {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

export interface LineCommentSeen extends CommentSeen {
  readonly path: string;
  /** Null once the line has changed. */
  readonly line: number | null;
  readonly start_line: number | null;
}

/** A pull request of the local GitHub, and what people do with it. */
export class LocalPullRequest {
  readonly number: number;
  readonly #github: LocalGitHub;
  readonly #repository: LocalRepository;

  constructor(github: LocalGitHub, repository: LocalRepository, number: number) {
    this.#github = github;
    this.#repository = repository;
    this.number = number;
  }

  /** SHA of the last commit, as GitHub has it now. */
  get head(): string {
    return this.#row().head_sha;
  }

  get mergeCommit(): string | undefined {
    return this.#row().merge_commit_sha ?? undefined;
  }

  /** Returns the review's id. `commit` is what the reviewer looked at; default is the head. */
  async review(
    by: string,
    event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT',
    body = '',
    commit?: string,
  ): Promise<number> {
    const at = commit === undefined ? {} : { commit_id: commit };
    const review = await this.#repository.call(by, 'POST', `/pulls/${this.number}/reviews`, { event, body, ...at });
    return Number(review['id']);
  }

  async dismiss(review: number, by: string, message = 'no longer wanted'): Promise<void> {
    await this.#repository.call(by, 'PUT', `/pulls/${this.number}/reviews/${review}/dismissals`, { message });
  }

  async comment(by: string, body: string): Promise<number> {
    return Number((await this.#repository.call(by, 'POST', `/issues/${this.number}/comments`, { body }))['id']);
  }

  /** Clicks the button of a check that has this label, in any case. Throws when it is not there. */
  async click(by: string, check: number, label: string): Promise<void> {
    await this.#repository.call(by, 'POST', `/check-runs/${check}/clicks`, { label });
  }

  /** Changes the text of a comment. */
  async editComment(by: string, comment: number, body: string): Promise<void> {
    await this.#repository.call(by, 'PATCH', `/issues/comments/${comment}`, { body });
  }

  /** Returns the SHA of the commit that is now the end of the base branch. */
  async merge(by: string, method: 'merge' | 'squash' | 'rebase' = 'merge'): Promise<string> {
    const merged = await this.#repository.call(by, 'PUT', `/pulls/${this.number}/merge`, { merge_method: method });
    return textOf(merged['sha']);
  }

  async retarget(base: string, by: string): Promise<void> {
    await this.#repository.call(by, 'PATCH', `/pulls/${this.number}`, { base });
  }

  async close(by: string): Promise<void> {
    await this.#repository.call(by, 'PATCH', `/pulls/${this.number}`, { state: 'closed' });
  }

  async reopen(by: string): Promise<void> {
    await this.#repository.call(by, 'PATCH', `/pulls/${this.number}`, { state: 'open' });
  }

  async comments(by: string): Promise<readonly CommentSeen[]> {
    const comments = await this.#repository.call(by, 'GET', `/issues/${this.number}/comments?per_page=100`);
    return comments as unknown as readonly CommentSeen[];
  }

  async lineComment(by: string, comment: { path: string; line: number; body: string }): Promise<void> {
    const place = { ...comment, commit_id: this.head, side: 'RIGHT' };
    await this.#repository.call(by, 'POST', `/pulls/${this.number}/comments`, place);
  }

  /** Comments on lines, as they stand now. */
  async lineComments(by: string): Promise<readonly LineCommentSeen[]> {
    const comments = await this.#repository.call(by, 'GET', `/pulls/${this.number}/comments?per_page=100`);
    return comments as unknown as readonly LineCommentSeen[];
  }

  /** Check runs at the head. */
  checkRuns(by: string): Promise<readonly CheckRunSeen[]> {
    return this.#repository.checkRuns(this.head, by);
  }

  #row(): { head_sha: string; merge_commit_sha: string | null } {
    const { store } = this.#github.emulator;
    const repo = store.repos.findOneBy('full_name', this.#repository.fullName);
    const row = store.pullRequests.all().find((pull) => pull.repo_id === repo?.id && pull.number === this.number);
    if (!row) throw new Error(`there is no pull request ${this.number} in ${this.#repository.fullName}`);
    return row;
  }
}
