import type { Json } from '../../core/schema/json.ts';
import { type Database, inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { moveRun } from '../../registry/runs/move.ts';
import type { Run } from '../../registry/runs/run.ts';
import type { AppContext } from '../context.ts';
import { runProgressMessage } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';

export const notAgain =
  'only a run that failed, was called off or was rolled back can be ordered again, and only once.';

/** Orders the same run again. */
export async function orderAgain({ registry }: AppContext, run: Run, login: string): Promise<Answer> {
  const made = await inTransaction(registry, (db) => order(db, run, { login, kind: 'run.ordered-again' }));
  return made === undefined ? refused(notAgain) : { done: true, words: `ordered again as run \`${made}\`.` };
}

/** Orders everything but the swap: instead of a run that waits, or after one that is over. The run itself is ordered again afterwards. */
export async function rehearse({ registry }: AppContext, run: Run, login: string): Promise<Answer> {
  const made = await inTransaction(registry, async (db) => {
    if (run.state === 'planned') {
      if (!(await moveRun(db, run.id, 'planned', 'cancelled'))) return undefined;
      await appendOutbox(db, runProgressMessage(run.id));
      await appendEvent(db, { ...eventOf(run, login), kind: 'run.cancelled', data: { from: 'planned' } });
    }
    return order(db, run, { login, kind: 'run.rehearsal-ordered', dryRun: true });
  });
  if (made === undefined)
    return refused('only a run that waits, failed, was called off or was rolled back can be rehearsed.');
  return {
    done: true,
    words: `the rehearsal is run \`${made}\`: everything but the swap. When it has gone well, \`/sluice retry\` orders the run itself.`,
  };
}

/** Orders a run again, with what the audit trail says of it. Returns the new one; undefined where it cannot be ordered. */
export async function order(
  db: Database,
  run: Run,
  how: { login: string; kind: string; dryRun?: boolean; data?: { readonly [name: string]: Json } },
): Promise<string | undefined> {
  const next = await retryRun(db, run.id, how.dryRun ?? false);
  if (next === undefined) return undefined;
  await appendOutbox(db, runProgressMessage(next));
  await appendEvent(db, {
    ...eventOf(run, how.login),
    kind: how.kind,
    subject: next,
    data: { of: run.id, ...how.data },
  });
  return next;
}

export function eventOf(
  { repository, id }: Run,
  actor: string,
): { repository: string; actor: string; subject: string } {
  return { repository, actor, subject: id };
}
