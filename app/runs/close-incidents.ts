import { render } from '../../core/rendering/render.ts';
import { closeIssue } from '../../github/issue.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { requestStatus } from '../../github/request-status.ts';
import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { tellOnce, wasTold } from '../../registry/told.ts';
import type { AppContext } from '../context.ts';

/** Answers after which asking again changes nothing: the issue is gone, issues are switched off, or the App may not write them. */
const lasting = new Set([403, 404, 410]);

/**
 * Closes the issues of a migration that has gone well after all: those of earlier attempts, and its own, if it waited for a person. Once:
 * who opens one again has a reason.
 */
export async function closeIncidents(
  context: AppContext,
  octokit: Octokit,
  repository: Repository,
  run: Run,
): Promise<void> {
  if (run.state !== 'reversing' && run.state !== 'completed') return;
  for (const { id, outcome } of await attemptsOf(context, run)) {
    const issue = outcome?.issue;
    // As long as it is not at its end, it may come to wait for a person once more: then its own issue is the place that says so.
    if (issue === undefined || (id === run.id && run.state !== 'completed')) continue;
    const told = `incident over: ${issue}`;
    if (await wasTold(context.registry, run, told)) continue;
    try {
      await close(octokit, repository, issue, run);
    } catch (error) {
      if (!lasting.has(requestStatus(error) ?? 0)) throw error;
      context.log.warn({ err: error, run: id }, 'the issue about a run was not closed');
    }
    await tellOnce(context.registry, run, told);
  }
}

/** The runs of the same order, this one and those before it. */
async function attemptsOf({ registry }: AppContext, run: Run): Promise<Run[]> {
  const runs = await listRuns(registry, { repository: run.repository, pullRequest: run.pullRequest });
  const { attempt = 1 } = run;
  return runs.filter(
    (one) => one.mergeCommit === run.mergeCommit && one.path === run.path && (one.attempt ?? 1) <= attempt,
  );
}

async function close(octokit: Octokit, repository: Repository, issue_number: number, run: Run): Promise<void> {
  const { data: issue } = await octokit.rest.issues.get({ ...repository, issue_number });
  if (issue.state !== 'open') return;
  const { id, schema, fromVersion = '', toVersion = '' } = run;
  const words = { run: id, schema, versions: `${fromVersion} → ${toVersion}` };
  await closeIssue(octokit, repository, issue_number, render('app/incident-over', words));
}
