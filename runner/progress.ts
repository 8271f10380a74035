import type { Pool } from 'pg';
import type { RunState } from '../core/migration/states.ts';
import { appendOutbox } from '../registry/outbox.ts';
import { appQueue, saveProgress } from '../registry/runs/progress.ts';
import type { Run, RunProgress } from '../registry/runs/run.ts';

/** Somebody else has moved the run on, or a person wants something else of it: what was about to be done is no longer wanted. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  constructor(runId: string) {
    super(`Somebody else has moved the run ${runId} on.`);
  }
}

/** Milliseconds between two saves, and between two calls on the App to show them. */
const saveEvery = 1000;
const showEvery = 5000;

/** Keeps a run's figures and saves them now and then (without a registry: not at all): people watch them, nothing is decided by them. */
export class Progress {
  #figures: RunProgress;
  #step = '';
  #saved = 0;
  #shown = 0;
  readonly #registry: Pool | undefined;
  readonly #runId: string;
  /** What is being done already needs no telling. */
  readonly #state: RunState;

  constructor(registry: Pool | undefined, run: Pick<Run, 'id' | 'state'>, figures: RunProgress) {
    this.#registry = registry;
    this.#runId = run.id;
    this.#state = run.state;
    this.#figures = figures;
  }

  get figures(): RunProgress {
    return this.#figures;
  }

  /** `step`: what is being done, in words. Saved at once when `now` is given, else when it is time. */
  async report(patch: Partial<RunProgress>, step?: string, now = false): Promise<void> {
    this.#figures = { ...this.#figures, ...patch };
    if (step !== undefined) this.#step = step;
    const time = Date.now();
    if (this.#registry === undefined) return;
    if (!now && time - this.#saved < saveEvery) return;
    this.#saved = time;
    const state = await saveProgress(this.#registry, this.#runId, this.#figures, this.#step || undefined);
    const unwanted = state === 'paused' || state === 'cancelling';
    if (unwanted && state !== this.#state) throw new Superseded(this.#runId);
    if (time - this.#shown < showEvery) return;
    this.#shown = time;
    await callForShowing(this.#registry, this.#runId);
  }
}

/** Asks the App to show where the run is. Calls that wait together become one. */
export async function callForShowing(db: Parameters<typeof appendOutbox>[0], runId: string): Promise<void> {
  await appendOutbox(db, { queue: appQueue, name: 'run-progress', key: `run-progress:${runId}`, data: { runId } });
}

export function noProgress(steps: number): RunProgress {
  return {
    step: 1,
    steps,
    records: 0,
    total: 0,
    recordsPerSecond: 0,
    batches: 0,
    captured: 0,
    remaining: undefined,
    checkpoint: undefined,
    hold: undefined,
    rollbackAvailable: true,
  };
}
