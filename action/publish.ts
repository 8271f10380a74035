import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Octokit, Repository } from '../github/octokit.ts';
import { ownLogin } from '../github/own-login.ts';
import { requestStatus } from '../github/request-status.ts';
import {
  commentLimit,
  publishStickyComment,
  readStickyComment,
  updateStickyComment,
} from '../github/sticky-comment.ts';

/** Room that the marker takes in a comment. */
const markerRoom = 100;

/** Whether a text fits into a comment. */
export function fitsComment(markdown: string): boolean {
  return markdown.length <= commentLimit - markerRoom;
}

/** GitHub's limit for what all steps of a job write, in bytes; half of it is ours. */
export function fitsSummary(markdown: string): boolean {
  return Buffer.byteLength(markdown) <= 512 * 1024;
}

/** One comment per workflow, job and configuration: several in one pull request do not overwrite each other. */
export function commentMarker(kind: 'review' | 'suggestion', config: string): string {
  const job = [process.env['GITHUB_WORKFLOW'] ?? '', process.env['GITHUB_JOB'] ?? '', config];
  return `sluice:${kind}:${createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 16)}`;
}

export type Posted =
  | { readonly posted: 'yes'; readonly url: string }
  | { readonly posted: 'nothing-to-say' | 'not-allowed' };

/**
 * Posts the comment, or brings the one there up to date. A token that may only read (forks, Dependabot) is no failure.
 * @param comment.onlyUpdate says nothing when nothing was said before
 * @param comment.bodyAfter the text, given the one that it takes the place of and whose comments the token writes
 */
export async function postComment(
  octokit: Octokit,
  repository: Repository,
  comment: {
    readonly number: number;
    readonly marker: string;
    readonly onlyUpdate: boolean;
    readonly bodyAfter: (before: string | undefined, author: string) => Promise<string>;
  },
): Promise<Posted> {
  try {
    const publish = comment.onlyUpdate ? updateStickyComment : publishStickyComment;
    const { number, marker, bodyAfter } = comment;
    const own = { number, marker, author: await ownLogin(octokit) };
    const body = await bodyAfter(await readStickyComment(octokit, repository, own), own.author);
    const published = await publish(octokit, repository, { ...own, body });
    return published ? { posted: 'yes', url: published.url } : { posted: 'nothing-to-say' };
  } catch (error) {
    if ([401, 403, 404].includes(requestStatus(error) ?? 0)) return { posted: 'not-allowed' };
    throw error;
  }
}

/** Adds to the page of the job, where GitHub has one. */
export async function writeSummary(markdown: string): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY'];
  if (path) await appendFile(path, `${markdown}\n`);
}
