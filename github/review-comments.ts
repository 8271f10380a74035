import type { Octokit, Repository } from './octokit.ts';
import { requestStatus, unlessMissing } from './request-status.ts';

/** A comment on lines of a pull request's difference. */
export interface LineComment {
  /** What it is about: of several runs, the same comment has the same. Letters, digits and `-`. */
  readonly id: string;
  readonly path: string;
  /** From 1, both inclusive, in the head's version of the file. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Markdown without the marker. */
  readonly body: string;
}

export interface LineComments {
  readonly number: number;
  /** SHA of the head commit. */
  readonly commit: string;
  /** One per kind of comments, such as `sluice:suggestion`; kept with the id in an HTML comment that readers do not see. */
  readonly marker: string;
  /** Login of the token's owner, see `ownLogin`. */
  readonly author: string;
  readonly comments: readonly LineComment[];
}

interface OwnComment {
  readonly number: number;
  readonly marker: string;
  readonly path: string;
  readonly firstLine: number | undefined;
  readonly lastLine: number | undefined;
  readonly body: string;
  readonly url: string;
}

/**
 * Keeps comments on lines up to date: those whose line stays are changed where their text differs, new ones are written, all others of this
 * marker and author go. Returns the addresses by id; without an entry GitHub did not take the comment, since the line is not part of the
 * difference (422) or the token may not write.
 */
export async function publishLineComments(
  octokit: Octokit,
  repository: Repository,
  { number, commit, marker, author, comments }: LineComments,
): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  const left = new Map<number, OwnComment>();
  for (const own of await ownComments(octokit, repository, { number, marker, author })) left.set(own.number, own);
  const missing: LineComment[] = [];
  for (const comment of comments) {
    const body = `${markerLine(marker, comment.id)}\n${comment.body}`;
    const known = [...left.values()].find((own) => isSamePlace(own, comment, marker));
    if (known === undefined) missing.push(comment);
    else {
      left.delete(known.number);
      urls.set(comment.id, known.url);
      if (known.body === body) continue;
      await octokit.rest.pulls.updateReviewComment({ ...repository, comment_id: known.number, body });
    }
  }
  for (const own of left.keys()) {
    await unlessMissing(octokit.rest.pulls.deleteReviewComment({ ...repository, comment_id: own }), undefined);
  }
  for (const { id, path, firstLine, lastLine, body } of missing) {
    const range = firstLine === lastLine ? {} : { start_line: firstLine, start_side: 'RIGHT' as const };
    try {
      const { data } = await octokit.rest.pulls.createReviewComment({
        ...repository,
        pull_number: number,
        commit_id: commit,
        path,
        line: lastLine,
        side: 'RIGHT',
        ...range,
        body: `${markerLine(marker, id)}\n${body}`,
      });
      urls.set(id, data.html_url);
    } catch (error) {
      if (requestStatus(error) !== 422) throw error;
    }
  }
  return urls;
}

async function ownComments(
  octokit: Octokit,
  repository: Repository,
  { number, marker, author }: Pick<LineComments, 'number' | 'marker' | 'author'>,
): Promise<OwnComment[]> {
  const request = { ...repository, pull_number: number, per_page: 100 };
  const comments = await octokit.paginate(octokit.rest.pulls.listReviewComments, request);
  return comments
    .filter(
      ({ user, body }) => user?.login.toLowerCase() === author.toLowerCase() && body.startsWith(`<!-- ${marker}:`),
    )
    .map(({ id, path, line, start_line: first, body, html_url: url }) => ({
      number: id,
      marker: body.split(/\r?\n/)[0] ?? '',
      path,
      // Null once the lines have changed since.
      lastLine: line ?? undefined,
      firstLine: first ?? line ?? undefined,
      body: body.replaceAll('\r\n', '\n'),
      url,
    }))
    .sort((a, b) => a.number - b.number);
}

function isSamePlace(own: OwnComment, comment: LineComment, marker: string): boolean {
  return (
    own.marker === markerLine(marker, comment.id) &&
    own.path === comment.path &&
    own.firstLine === comment.firstLine &&
    own.lastLine === comment.lastLine
  );
}

function markerLine(marker: string, id: string): string {
  return `<!-- ${marker}:${id} -->`;
}
