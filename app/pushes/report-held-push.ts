import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import type { Problem, SchemaReview } from '../../core/review/review.ts';
import { openIssueOnce } from '../../github/issue.ts';
import type { Octokit } from '../../github/octokit.ts';
import { releaseCommand } from '../../github/release-comments.ts';
import type { AppContext } from '../context.ts';
import { problemLines } from '../problem-lines.ts';
import type { Pushed } from './pushed.ts';

export interface HeldPushReport {
  /** Login of whoever wrote the last commit; '' when GitHub knows nobody. */
  readonly by: string;
  readonly url: string;
  readonly schemas: readonly SchemaReview[];
  readonly problems: readonly Problem[];
}

/** Opens an issue about commits that were pushed past any pull request and lead to nothing until a person agrees. Returns its number. */
export async function reportHeldPush(
  context: AppContext,
  octokit: Octokit,
  { job, push, branch }: Pushed,
  { by, url, schemas, problems }: HeldPushReport,
): Promise<number> {
  const names = schemas.map(({ name }) => name).join(', ') || 'a schema change';
  return openIssueOnce(octokit, job.repository, {
    marker: `sluice:held-push:${push.head}`,
    author: await context.login(),
    title: onOneLine(`Not migrated: ${names} was pushed to ${branch} without a pull request`).slice(0, 250),
    body: render('app/held-push', {
      url,
      commit: push.head.slice(0, 7),
      by,
      branch,
      command: releaseCommand,
      schemas: schemas.map(({ name, path, oldVersion, newVersion }) => ({
        name,
        path,
        versions: `${oldVersion ?? 'no version'} → ${newVersion ?? 'no version'}`,
      })),
      unapproved: problems.length === 0,
      problems: problemLines(problems),
    }),
  });
}
