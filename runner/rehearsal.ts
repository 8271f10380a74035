import type { Run } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import { cleanUp } from './clean-up.ts';
import type { RunnerContext } from './context.ts';
import type { RunPlan } from './plan.ts';
import type { Work } from './work.ts';

/** Whether the run does everything but the swap: as it was ordered, or else the first one, where the migration file says so. */
export function isRehearsal(run: Pick<Run, 'dryRun' | 'attempt'>, { options }: Pick<RunPlan, 'options'>): boolean {
  return run.dryRun ?? (options.dryRun && run.attempt === 1);
}

/** All has gone well and the swap is left out: what was made goes again. */
export async function endRehearsal(context: RunnerContext, run: Run, work: Work): Promise<void> {
  await work.progress.report({ remaining: 0, hold: undefined }, 'the rehearsal is over, dropping what it made', true);
  const cancelling = await advance(context.registry, run, 'cancelling', { outcome: { rehearsed: true } });
  await cleanUp(work);
  await advance(context.registry, cancelling, 'cancelled', { step: 'rehearsed: everything but the swap went well' });
}
