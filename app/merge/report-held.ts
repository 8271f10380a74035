import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { openIssueOnce } from '../../github/issue.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { AppContext } from '../context.ts';
import { problemLines } from '../problem-lines.ts';
import type { Settlement } from './settle.ts';

/** Opens an issue about what was merged and is not going to happen. Loud on purpose: the branch now holds what the records are not.
 * Returns the issue's number. */
export async function reportHeldMerge(context: AppContext, octokit: Octokit, settlement: Settlement): Promise<number> {
  const { job, pull, held, problems, decision } = settlement;
  const names = held.map(({ name }) => name).join(', ') || 'a schema change';
  const why = problems.length > 0 ? 'with problems' : 'without a valid approval';
  return openIssueOnce(octokit, job.repository, {
    marker: `sluice:held-merge:${pull.number}:${pull.merge.commit}`,
    author: await context.login(),
    title: onOneLine(`Not migrated: ${names} was merged ${why} (pull request ${pull.number})`).slice(0, 250),
    body: render('app/held-merge', {
      url: pull.url,
      number: pull.number,
      commit: pull.merge.commit.slice(0, 7),
      by: pull.merge.by,
      unapproved: problems.length === 0,
      rules: decision?.state === 'waiting' ? decision.rules : [],
      decision:
        decision?.state === 'rejected'
          ? 'Changes were requested.'
          : 'The approvals that the policy asks for were not there.',
      stale: decision?.state === 'waiting' ? decision.stale : [],
      refused: decision?.state === 'waiting' ? decision.refused : [],
      schemas: held.map(({ name, path, oldVersion, newVersion }) => ({
        name,
        path,
        versions: `${oldVersion ?? 'no version'} → ${newVersion ?? 'no version'}`,
      })),
      problems: problemLines(problems),
    }),
  });
}
