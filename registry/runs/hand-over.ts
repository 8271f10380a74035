import type { Database } from '../database.ts';
import { appendOutbox } from '../outbox.ts';
import type { PullRequestKey } from '../shown.ts';
import { runQueue } from './create.ts';
import { appQueue } from './progress.ts';
import { listRuns } from './read.ts';

/** Has runners look at once whether the runs of a pull request that wait may start, and what they wait for shown anew. */
export async function handOver(db: Database, { repository, pullRequest }: PullRequestKey): Promise<void> {
  for (const { id } of await listRuns(db, { repository, pullRequest, states: ['planned'] })) {
    const data = { runId: id };
    await appendOutbox(db, { queue: runQueue, name: 'run', key: id, data });
    await appendOutbox(db, { queue: appQueue, name: 'run-progress', key: `run-progress:${id}`, data });
  }
}
