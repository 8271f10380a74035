import type { Client } from 'pg';
import { describeHold } from '../core/schedule/describe-state.ts';
import { type WindowsState, windowsState } from '../core/schedule/windows-state.ts';
import { bindingWindows, goesOnOutsideWindows } from '../registry/binding-windows.ts';
import type { RunnerContext } from './context.ts';
import { readBoundWindows } from './databases/postgres/bound-windows.ts';
import type { RunInHand, Work } from './work.ts';

/** A run's window has closed: it is left as it is, and goes on when a runner looks again and finds it open. */
export class OutsideWindow extends Error {
  override readonly name = 'OutsideWindow';
}

/** Milliseconds for which the windows, once read, are good while nothing depends on it. */
const freshFor = 2000;

/**
 * Whether a run may go on, by its windows: those that the target's ledger has had since the run began, so that an approval that is taken back
 * opens none of them, and those that the registry has now. Where the registry cannot be read it throws, and the run stands.
 */
export class WindowGate {
  readonly #context: Pick<RunnerContext, 'now'> & { readonly registry: RunnerContext['registry'] | undefined };
  readonly #run: RunInHand;
  readonly #client: Client;
  #windows: readonly string[] = [];
  #isLetGo = false;
  #read = Number.NEGATIVE_INFINITY;

  constructor(
    context: Pick<RunnerContext, 'now'> & { readonly registry: RunnerContext['registry'] | undefined },
    run: RunInHand,
    client: Client,
  ) {
    this.#context = context;
    this.#run = run;
    this.#client = client;
  }

  get now(): Date {
    return this.#context.now?.() ?? new Date();
  }

  /** `isUrgent`: whatever was read before counts no more. */
  async look(isUrgent = false): Promise<WindowsState> {
    if (isUrgent || performance.now() - this.#read > freshFor) await this.#readWindows();
    return this.#isLetGo ? { state: 'open', until: undefined } : windowsState(this.#windows, this.now);
  }

  async #readWindows(): Promise<void> {
    const { registry } = this.#context;
    if (registry === undefined) throw new Error('Without the registry nobody knows the windows of a run.');
    const bound = await readBoundWindows(this.#client, this.#run.id);
    const { lasting, ofPerson } = await bindingWindows(registry, this.#run);
    this.#isLetGo = await goesOnOutsideWindows(registry, this.#run.id);
    this.#windows = [...bound, ...lasting, ...ofPerson];
    this.#read = performance.now();
  }
}

/** Why a run is held, in words; undefined: its windows are open. */
export function holdOf(state: WindowsState): string | undefined {
  if (state.state === 'open') return undefined;
  return `${state.closed.map(describeHold).join('; ')}; \`/sluice continue\` on the pull request lets it go on now`;
}

/** Goes on only while the run's windows are open. Otherwise says so, does once what is to be done meanwhile, and throws `OutsideWindow`. */
export async function keepToWindow(
  { gate, progress }: Pick<Work, 'gate' | 'progress'>,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const hold = holdOf(await gate.look());
  if (hold === undefined) return;
  await progress.report({ hold, remaining: undefined }, undefined, true);
  await meanwhile();
  await progress.report({}, undefined, true);
  throw new OutsideWindow(hold);
}

/**
 * For what must not happen a moment too late: throws `OutsideWindow` when a window is closed now. Returns a check for the last moment, which
 * asks nobody but the clock.
 */
export async function mustBeOpen({ gate, progress }: Pick<Work, 'gate' | 'progress'>): Promise<() => void> {
  const state = await gate.look(true);
  const hold = holdOf(state);
  if (hold !== undefined) {
    await progress.report({ hold }, undefined, true);
    throw new OutsideWindow(hold);
  }
  const until = state.state === 'open' ? state.until : undefined;
  return () => {
    if (until !== undefined && gate.now >= until) throw new OutsideWindow('The window has just closed.');
  };
}
