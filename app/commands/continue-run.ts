import type { RunState } from '../../core/migration/states.ts';
import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import { bindingWindows } from '../../registry/binding-windows.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { acceptCount } from '../../registry/record-counts.ts';
import { runQueue } from '../../registry/runs/create.ts';
import { noteOutcome } from '../../registry/runs/progress.ts';
import type { Run } from '../../registry/runs/run.ts';
import type { AppContext } from '../context.ts';
import { runProgressMessage } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';
import { eventOf, notAgain, order } from './order-again.ts';

/** States in which a run that has begun keeps to its windows. */
export const underWay: readonly RunState[] = [
  'shadowing',
  'capturing',
  'backfilling',
  'verifying',
  'cutting-over',
  'paused',
];

/** Has a run go on although something that it keeps to says otherwise: its windows, or how many records there are. */
export function continueRun(context: AppContext, run: Run, login: string): Promise<Answer> {
  if (underWay.includes(run.state)) return continueOutsideWindows(context, run, login);
  return continueWithCount(context, run, login);
}

/** Its windows keep this one run no more: neither its copy nor its swap. Those of other runs are as they were. */
async function continueOutsideWindows({ registry }: AppContext, run: Run, login: string): Promise<Answer> {
  const { lasting, ofPerson } = await bindingWindows(registry, run);
  const windows = [...new Set([...lasting, ...ofPerson])];
  if (windows.length === 0 && run.progress?.hold === undefined)
    return refused(`the run \`${run.id}\` keeps to no window and is not held.`);
  await inTransaction(registry, async (db) => {
    await noteOutcome(db, run.id, { outsideWindows: login });
    await appendOutbox(db, { queue: runQueue, name: 'run', key: run.id, data: { runId: run.id } });
    await appendOutbox(db, runProgressMessage(run.id));
    await appendEvent(db, { ...eventOf(run, login), kind: 'run.continued-outside-windows', data: { windows } });
  });
  const words = `the run \`${run.id}\` goes on whether its windows are open or not, to the swap.`;
  return { done: true, words: run.state === 'paused' ? `${words} It is paused: \`/sluice resume\` too.` : words };
}

/** Orders a run again that was refused since its table holds many more or fewer records than when it was approved. */
async function continueWithCount({ registry }: AppContext, run: Run, login: string): Promise<Answer> {
  const { repository, pullRequest, path, fingerprint, state, error } = run;
  if (state !== 'failed' || error?.code !== 'record-count-changed' || fingerprint === undefined)
    return refused(
      'only a run that is held outside its window, or that was refused for the number of its records, can be continued.',
    );
  const done = await inTransaction(registry, async (db) => {
    const count = await acceptCount(db, { repository, pullRequest, path, fingerprint });
    const made = count && (await order(db, run, { login, kind: 'run.continued', data: { ...count } }));
    return made === undefined ? undefined : { count, made };
  });
  if (done?.count === undefined) return refused(notAgain);
  const { before, now } = done.count;
  return {
    done: true,
    words: `ordered again as run \`${done.made}\`, with ${countOf(now, 'record')} instead of ${formatCount(before)}.`,
  };
}
