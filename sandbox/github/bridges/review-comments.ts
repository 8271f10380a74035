import { isObject, type Json, own } from '../../../core/schema/json.ts';
import { answer, type Bridge, type Call, type Emulation, findRepo, matches, rewritten, textOf } from '../emulation.ts';
import { keptLines, shownLines } from '../line-changes.ts';
import type { PullRow, RepoRow } from '../store.ts';
import { filesOf } from './merge-trees.ts';

/** First lines of comments on several lines, by comment: the emulator keeps the last one. */
const note = 'first lines of review comments';

/**
 * Comments on lines of a pull request: refused where a line is not part of its difference, and moved with their lines when something is
 * pushed, until those change. The emulator takes any line and leaves it.
 */
export const reviewComments: Bridge = async (emulation, call, next) => {
  const pattern = '/repos/:owner/:repo/pulls/:number/comments';
  const path = matches(call, 'POST', pattern) ?? matches(call, 'GET', pattern);
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  const pull =
    repo &&
    emulation.store.pullRequests.findBy('repo_id', repo.id).find((row) => String(row.number) === path['number']);
  if (!pull) return next(call);
  const firstLines = (emulation.notes.get(note) as Map<number, number> | undefined) ?? new Map<number, number>();
  emulation.notes.set(note, firstLines);
  const before = await mergeBase(emulation, call, repo, pull);
  const textsOf = (file: string) => ({
    old: textAt(emulation, repo, before, file),
    head: textAt(emulation, repo, pull.head_sha, file),
  });
  if (call.method === 'GET') {
    return rewritten(await next(call), (comments) =>
      Array.isArray(comments) ? comments.map((comment: Json) => placed(comment)) : comments,
    );
  }
  const { path: file, line, start_line: first = null, commit_id: commit } = call.body ?? {};
  const refused = (message: string) =>
    answer(422, {
      message: 'Validation Failed',
      errors: [{ resource: 'PullRequestReviewComment', code: 'custom', message }],
    });
  if (typeof file !== 'string' || typeof line !== 'number') return refused('path and line are missing');
  if (commit !== pull.head_sha) return refused('commit_id is not part of the pull request');
  if (first !== null && (typeof first !== 'number' || first >= line))
    return refused('start_line must precede the end line');
  const { old, head } = textsOf(file);
  const shown = head === undefined ? new Set<number>() : shownLines(old ?? '', head);
  const lines = Array.from({ length: line - (first ?? line) + 1 }, (_, at) => (first ?? line) + at);
  if (!lines.every((each) => shown.has(each)))
    return refused('pull_request_review_thread.line must be part of the diff');
  return rewritten(await next(call), (comment) => {
    if (first !== null && isObject(comment)) firstLines.set(Number(own(comment, 'id')), first);
    return placed(comment);
  });

  function placed(comment: Json): Json {
    if (!isObject(comment)) return comment;
    const written = textAt(emulation, repo as RepoRow, textOf(own(comment, 'commit_id')), textOf(own(comment, 'path')));
    const { old, head } = textsOf(textOf(own(comment, 'path')));
    const kept = keptLines(written ?? '', head ?? '');
    const shown = shownLines(old ?? '', head ?? '');
    const now = (line: Json | undefined): number | null => {
      const place = typeof line === 'number' ? kept.get(line) : undefined;
      return place !== undefined && shown.has(place) ? place : null;
    };
    const first = firstLines.get(Number(own(comment, 'id')));
    return {
      ...comment,
      line: now(own(comment, 'line')),
      start_line: now(first),
      original_line: own(comment, 'line') ?? null,
    };
  }
};

async function mergeBase(emulation: Emulation, call: Call, repo: RepoRow, pull: PullRow): Promise<string> {
  const base = emulation.store.branches.findBy('repo_id', repo.id).find(({ name }) => name === pull.base_ref)?.sha;
  const path = `/repos/${repo.full_name}/compare/${base ?? pull.base_sha}...${pull.head_sha}`;
  const { data } = await emulation.request({ method: 'GET', path, token: call.token ?? '' });
  const from = isObject(data) ? own(data, 'merge_base_commit') : undefined;
  return from !== undefined && isObject(from) ? textOf(own(from, 'sha')) : pull.base_sha;
}

function textAt({ store }: Emulation, repo: RepoRow, commit: string, path: string): string | undefined {
  const tree = store.commits.findBy('repo_id', repo.id).find(({ sha }) => sha === commit)?.tree_sha ?? '';
  const file = filesOf(store, repo.id, tree).get(path)?.sha;
  const blob = store.blobs.findBy('repo_id', repo.id).find(({ sha }) => sha === file);
  return blob && (blob.encoding === 'base64' ? Buffer.from(blob.content, 'base64').toString('utf8') : blob.content);
}
