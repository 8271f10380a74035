import { withCause } from '../registry/cause.ts';
import type { Job } from '../registry/queue/port.ts';
import { evaluatePullRequest } from './approval/evaluate.ts';
import { evaluateMergeGroup } from './approval/evaluate-merge-group.ts';
import { executeCommand } from './commands/execute.ts';
import { tellCounts } from './commands/reanalyse.ts';
import type { AppContext } from './context.ts';
import {
  branchJob,
  causeOf,
  commandJob,
  countedJob,
  mergeGroupJob,
  pullRequestJob,
  readBranchJob,
  readCommandJob,
  readMergeGroupJob,
  readPullRequestJob,
  readRunJob,
  runProgressJob,
} from './jobs.ts';
import { examineBranch } from './pushes/examine-branch.ts';
import { runShower } from './runs/show.ts';

/** What the App does with a job. Throws to have it tried again; a job of a name that is not known is from a newer Sluice and waits for it. */
export function jobHandler(context: AppContext): (job: Job) => Promise<void> {
  const showRun = runShower(context);
  const handle = async (job: Job): Promise<void> => {
    if (job.name === pullRequestJob) return evaluatePullRequest(context, readPullRequestJob(job.data));
    if (job.name === mergeGroupJob) return evaluateMergeGroup(context, readMergeGroupJob(job.data));
    if (job.name === branchJob) return examineBranch(context, readBranchJob(job.data));
    if (job.name === commandJob) return executeCommand(context, readCommandJob(job.data));
    if (job.name === countedJob) return tellCounts(context, readPullRequestJob(job.data));
    if (job.name === runProgressJob) return showRun(readRunJob(job.data));
    throw new Error(`no job is called ${job.name} here`);
  };
  return (job) => withCause(causeOf(job.data), () => handle(job));
}
