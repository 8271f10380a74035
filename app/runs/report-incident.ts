import { stateTable } from '../../core/migration/states.ts';
import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import { render } from '../../core/rendering/render.ts';
import { sentence } from '../../core/rendering/sentence.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { openIssueOnce } from '../../github/issue.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { noteOutcome } from '../../registry/runs/progress.ts';
import type { Run } from '../../registry/runs/run.ts';
import type { AppContext } from '../context.ts';
import { withoutTextKeys } from './without-text-keys.ts';

/** Answers after which asking again changes nothing: issues are switched off, or the App may not write them. */
const lasting = new Set([403, 404, 410]);

/**
 * Opens an issue about a run that has failed or waits for a person, once. Returns its number; undefined where there is nothing to
 * report, or where the repository takes no issues: the check of the run says it all the same.
 */
export async function reportIncident(
  context: AppContext,
  octokit: Octokit,
  repository: Repository,
  run: Run,
): Promise<number | undefined> {
  const { outcome, error } = run;
  if (error === undefined || (run.state !== 'failed' && run.state !== 'needs-attention')) return undefined;
  if (outcome?.issue !== undefined) return outcome.issue;
  try {
    const issue = await openIssueOnce(octokit, repository, {
      marker: `sluice:incident:${run.id}`,
      author: await context.login(),
      title: titleOf(run),
      body: bodyOf(run),
    });
    await noteOutcome(context.registry, run.id, { issue });
    return issue;
  } catch (refusal) {
    const status: unknown = refusal instanceof Error ? Reflect.get(refusal, 'status') : undefined;
    if (typeof status !== 'number' || !lasting.has(status)) throw refusal;
    context.log.warn({ run: run.id, status }, 'the repository takes no issue about a failed run');
    return undefined;
  }
}

function titleOf(run: Run): string {
  const versions = `${run.schema} ${run.fromVersion ?? ''} → ${run.toVersion ?? ''}`;
  const what = run.state === 'failed' ? 'Not migrated' : 'A person must look at the migration of';
  return onOneLine(`${what}${run.state === 'failed' ? ':' : ''} ${versions} (run ${run.id})`).slice(0, 250);
}

function bodyOf(run: Run): string {
  const { outcome, progress } = run;
  const error = run.error && withoutTextKeys(run.error);
  const incident = run.state === 'failed' ? outcome?.incident : undefined;
  const remedy = error?.remedy === undefined ? [] : [error.remedy];
  const records = incident?.records ?? progress?.records ?? 0;
  const total = Math.max(incident?.total ?? progress?.total ?? 0, records);
  return render('app/incident', {
    person: run.state === 'needs-attention',
    schema: run.schema,
    versions: `${run.fromVersion ?? ''} → ${run.toVersion ?? ''}`,
    table: run.target.table,
    message: sentence(error?.message ?? ''),
    at: incident?.at ?? run.updated.toISOString(),
    step: incident?.step ?? run.step ?? stateTable[run.state].meaning,
    records: `${formatCount(records)} of ${countOf(total, 'record')}`,
    keys: incident?.keys ?? [],
    pointer: error?.pointer ?? '',
    cause: incident?.likelyCause ?? stateTable[run.state].meaning,
    steps: [...new Set(incident?.nextSteps ?? remedy)].map(sentence),
    run: run.id,
    pull: run.pullRequest,
    commit: run.mergeCommit.slice(0, 7),
    migration: run.migrationPath,
  });
}
