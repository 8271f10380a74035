import type { Run, RunError } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import type { RunnerContext } from './context.ts';
import { Fenced } from './databases/postgres/ledger.ts';
import { incidentOf } from './incident.ts';
import { Superseded } from './progress.ts';
import { OutsideWindow } from './window-gate.ts';
import { Stopped } from './work.ts';

/** Ends a run with an error, or begins to undo what it made, with its incident report. */
export async function fail(
  registry: RunnerContext['registry'],
  run: Run,
  error: RunError,
  to: 'failing' | 'failed' = 'failed',
): Promise<Run> {
  const incident = incidentOf(run, error, new Date().toISOString());
  return advance(registry, run, to, { error, outcome: { incident } });
}

/** Not a failure of the run: somebody else has it, or wants something else of it. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Stopped ||
    error instanceof Fenced ||
    error instanceof Superseded ||
    error instanceof OutsideWindow ||
    (error instanceof Error && error.name === 'Busy')
  );
}
