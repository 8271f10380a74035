import { InputError } from '../core/input-error.ts';
import type { Tree } from '../core/review/review.ts';
import { listFiles } from './git-tree.ts';
import type { Octokit, Repository } from './octokit.ts';
import { readBlobs } from './read-blobs.ts';
import { unlessMissing } from './request-status.ts';

/**
 * The files of a repository at one commit, read over the API and kept for the life of the object. Nothing is checked out or run.
 * Files of up to 100 MB, GitHub's own limit. Throws when the commit cannot be read: "cannot see it" must never pass for "is not there".
 */
export function treeAt(octokit: Octokit, repository: Repository, commit: string): Tree {
  const texts = new Map<string, Promise<string | undefined>>();
  let listing: Promise<readonly string[]> | undefined;
  let seen: Promise<unknown> | undefined;
  const read = async (path: string): Promise<string | undefined> => {
    const text = await readFile(octokit, repository, commit, path);
    // GitHub answers 404 for a commit that is gone or out of reach as well.
    if (text === undefined) await (seen ??= octokit.rest.git.getCommit({ ...repository, commit_sha: commit }));
    return text;
  };
  return {
    commit,
    read(path) {
      const known = texts.get(path) ?? read(path);
      texts.set(path, known);
      return known;
    },
    async prefetch(paths) {
      const unknown = paths.filter((path) => !texts.has(path));
      // Only a short cut: what it does not bring is read one by one, where a failure counts.
      const read = await readBlobs(octokit, repository, commit, unknown).catch(() => new Map<string, string>());
      for (const [path, text] of read) if (!texts.has(path)) texts.set(path, Promise.resolve(text));
    },
    list: () => (listing ??= listFiles(octokit, repository, commit)),
  };
}

async function readFile(
  octokit: Octokit,
  repository: Repository,
  ref: string,
  path: string,
): Promise<string | undefined> {
  const answer = await unlessMissing(octokit.rest.repos.getContent({ ...repository, path, ref }), undefined);
  if (answer === undefined || Array.isArray(answer.data) || answer.data.type !== 'file') return undefined;
  const { content, encoding, sha } = answer.data;
  if (encoding === 'base64') return decode(content, path);
  // Over 1 MB the contents API leaves the content out; the blob has it.
  const { data: blob } = await octokit.rest.git.getBlob({ ...repository, file_sha: sha });
  return decode(blob.content, path);
}

function decode(base64: string, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch (cause) {
    // Replacement characters would make different files look the same.
    throw new InputError('is not UTF-8 text', { place: { path }, remedy: 'Save it as UTF-8.', cause });
  }
}
