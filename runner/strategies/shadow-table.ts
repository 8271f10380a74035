import type { RunState } from '../../core/migration/states.ts';
import { type Phase, phases } from '../databases/postgres/ledger.ts';
import { backfill } from '../steps/backfill.ts';
import { cutOver } from '../steps/cut-over.ts';
import { finishTable } from '../steps/finish-table.ts';
import { makeShadow } from '../steps/make-shadow.ts';
import { startCapture } from '../steps/start-capture.ts';
import { verify } from '../steps/verify.ts';
import type { Work } from '../work.ts';

export interface Step {
  /** The run's state while the step is at work. */
  readonly state: RunState;
  /** What the target's ledger says once the step has happened: written in the step's own last transaction. */
  readonly phase: (typeof phases)[number];
  /** In words, for people. */
  readonly title: string;
  run(work: Work): Promise<void>;
}

/**
 * A second table is filled beside the one in use, kept in step with it, compared, and put in its place. Until the last step
 * commits, the table in use is as it was, and every step can be repeated after a crash.
 */
export const shadowTableSteps: readonly Step[] = [
  { state: 'shadowing', phase: 'shadowed', title: 'making the new table', run: makeShadow },
  { state: 'capturing', phase: 'capturing', title: 'noting what the application writes', run: startCapture },
  { state: 'backfilling', phase: 'copied', title: 'copying records', run: backfill },
  { state: 'verifying', phase: 'indexed', title: 'building indexes', run: finishTable },
  { state: 'verifying', phase: 'verified', title: 'verifying all records', run: verify },
  { state: 'cutting-over', phase: 'swapped', title: 'swapping the tables', run: cutOver },
];

/** Whether the ledger says that a step has happened. */
export function hasHappened(step: Step, phase: Phase): boolean {
  const reached = (phases as readonly Phase[]).indexOf(phase);
  // `cleaned` and `completed` come after everything.
  return reached < 0 || reached >= phases.indexOf(step.phase);
}
