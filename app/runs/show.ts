import { isFinal } from '../../core/migration/states.ts';
import { publishCheckRun } from '../../github/check-run.ts';
import type { Repository } from '../../github/octokit.ts';
import { noteCheckRun } from '../../registry/runs/progress.ts';
import { listRuns, readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { countSteering } from '../../registry/runs/steering.ts';
import { waitsOf } from '../../registry/waits.ts';
import { runButtons } from '../commands/buttons.ts';
import type { AppContext } from '../context.ts';
import { runProgressMessage } from '../jobs.ts';
import { withLock } from '../lock.ts';
import { closeIncidents } from './close-incidents.ts';
import { deploymentState, showDeployment } from './deployment.ts';
import { describeRun } from './describe.ts';
import { reportIncident } from './report-incident.ts';

export const runCheckName = 'Sluice / migration';

/** GitHub is told at most this often, in milliseconds. The end of a run does not wait. */
const pause = { patient: 5_000, impatient: 500 };

/** Shows runs as check runs on their merge commits. */
export function runShower(context: AppContext): (runId: string) => Promise<void> {
  const shown = new Map<string, { at: number; seq: number; state: Run['state'] }>();
  return (runId) =>
    withLock(context.registry, `run ${runId}`, async () => {
      const run = await readRun(context.registry, runId);
      if (run?.installationId === undefined) return;
      const last = shown.get(runId);
      // What a run waits for before it starts is no progress of its own.
      if (last && last.seq >= run.progressSeq && run.state !== 'planned') return;
      const wait =
        last && !isFinal(run.state) && run.state !== 'planned'
          ? last.at + pause[context.patient ? 'patient' : 'impatient'] - Date.now()
          : 0;
      if (wait > 0) return postpone(context, runId, wait);
      await show(context, run, run.installationId, last?.state);
      if (isFinal(run.state)) shown.delete(runId);
      else shown.set(runId, { at: Date.now(), seq: run.progressSeq, state: run.state });
    });
}

/** What comes in the meantime joins this one. */
async function postpone(context: AppContext, runId: string, delay: number): Promise<void> {
  const { name, data, key } = runProgressMessage(runId);
  await context.queue.add(name, data, { key: `${key}:later`, delay });
}

async function show(
  context: AppContext,
  run: Run,
  installationId: number,
  before: Run['state'] | undefined,
): Promise<void> {
  const octokit = await context.github(installationId);
  const issue = await reportIncident(context, octokit, repositoryOf(run), run);
  const name = await checkName(context, run);
  const hasBegun = run.state !== 'planned' && run.state !== 'prechecking';
  const check = {
    name,
    commit: run.mergeCommit,
    externalId: `run:${run.id}`,
    actions: runButtons(run.state, await countSteering(context.registry, run)),
    ...describeRun(run, issue, hasBegun ? [] : await waitsOf(context.registry, run)),
  };
  const id = await publishCheckRun(octokit, repositoryOf(run), context.appId, check, run.checkRunId);
  if (run.checkRunId === undefined) await noteCheckRun(context.registry, run.id, id);
  if (before === undefined || deploymentState(before) !== deploymentState(run.state))
    await showDeployment(context, octokit, repositoryOf(run), run);
  await closeIncidents(context, octokit, repositoryOf(run), run);
}

/** One run has the plain name; where a merge led to several, each carries its schema's. */
async function checkName({ registry }: AppContext, run: Run): Promise<string> {
  const runs = await listRuns(registry, { repository: run.repository, pullRequest: run.pullRequest });
  const siblings = runs.filter((one) => one.mergeCommit === run.mergeCommit);
  return siblings.length <= 1 ? runCheckName : `${runCheckName} (${run.path})`;
}

function repositoryOf(run: Run): Repository {
  const [owner = '', repo = ''] = run.repository.split('/');
  return { owner, repo };
}
