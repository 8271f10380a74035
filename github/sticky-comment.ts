import type { Octokit, Repository } from './octokit.ts';
import { unlessMissing } from './request-status.ts';

/** GitHub's limit on a comment, in characters. */
export const commentLimit = 65_536;

export interface StickyComment {
  /** Issue or pull request. */
  readonly number: number;
  /** One per kind of comment, such as `sluice:review`; kept in an HTML comment that readers do not see. */
  readonly marker: string;
  /** Login of the token's owner, see `ownLogin`: what others write with our marker is never taken for ours. */
  readonly author: string;
  /** Markdown without the marker. Throws RangeError when it is longer than GitHub takes; shortening needs to know the text. */
  readonly body: string;
}

/**
 * Keeps one comment up to date: creates it, or changes it when its text differs. Two runs at the same time may both create one; both then
 * look again, keep the oldest, and delete their own younger ones. Returns the comment's id and address.
 */
export async function publishStickyComment(
  octokit: Octokit,
  repository: Repository,
  comment: StickyComment,
): Promise<{ id: number; url: string }> {
  const body = `${markerLine(comment.marker)}\n${comment.body}`;
  if (body.length > commentLimit)
    throw new RangeError(`a comment of ${body.length} characters; GitHub takes ${commentLimit}`);
  if ((await ownComments(octokit, repository, comment)).length === 0) {
    await octokit.rest.issues.createComment({ ...repository, issue_number: comment.number, body });
  }
  const [oldest, ...younger] = await ownComments(octokit, repository, comment);
  if (!oldest) throw new Error('the comment just written is not among the comments');
  if (oldest.body !== body) {
    await octokit.rest.issues.updateComment({ ...repository, comment_id: oldest.id, body });
  }
  for (const { id } of younger) {
    await unlessMissing(octokit.rest.issues.deleteComment({ ...repository, comment_id: id }), undefined);
  }
  return { id: oldest.id, url: oldest.url };
}

/** As `publishStickyComment`, but says nothing, and returns undefined, when nothing was said before. */
export async function updateStickyComment(
  octokit: Octokit,
  repository: Repository,
  comment: StickyComment,
): Promise<{ id: number; url: string } | undefined> {
  const known = await ownComments(octokit, repository, comment);
  return known.length === 0 ? undefined : publishStickyComment(octokit, repository, comment);
}

/** What was said before, without the marker; undefined when nothing was. */
export async function readStickyComment(
  octokit: Octokit,
  repository: Repository,
  comment: Omit<StickyComment, 'body'>,
): Promise<string | undefined> {
  const [oldest] = await ownComments(octokit, repository, comment);
  return oldest?.body.slice(markerLine(comment.marker).length + 1);
}

async function ownComments(
  octokit: Octokit,
  repository: Repository,
  { number, marker, author }: Omit<StickyComment, 'body'>,
): Promise<{ id: number; body: string; url: string }[]> {
  const request = { ...repository, issue_number: number, per_page: 100 };
  const comments = await octokit.paginate(octokit.rest.issues.listComments, request);
  return comments
    .filter((comment) => comment.user?.login.toLowerCase() === author.toLowerCase())
    .map((comment) => ({ id: comment.id, body: (comment.body ?? '').replaceAll('\r\n', '\n'), url: comment.html_url }))
    .filter((comment) => comment.body.startsWith(`${markerLine(marker)}\n`))
    .sort((left, right) => left.id - right.id);
}

function markerLine(marker: string): string {
  return `<!-- ${marker} -->`;
}
