import type { Client } from 'pg';
import { readSignals, type Signals } from './databases/postgres/signals.ts';
import { pause } from './patiently.ts';
import type { Patience, Work } from './work.ts';

/** Milliseconds for which a reading of the signals is good. */
const freshFor = 250;
/** Milliseconds. On a starved machine a batch takes long through no fault of its own. */
const longestRest = 100;

/**
 * Keeps the copy from hurting the application. Alone in the database it runs at full speed; beside others it takes short turns
 * and rests in between (the length of a turn makes the tail of other people's latency, the share of the time its median); when a
 * replica falls behind it holds.
 */
export class Throttle {
  readonly #client: Client;
  readonly #patience: Patience;
  #signals: Signals = { activeSessions: 0, replicationLag: 0 };
  #read = 0;

  constructor(client: Client, patience: Patience) {
    this.#client = client;
    this.#patience = patience;
  }

  /** Milliseconds that the next batch should take. */
  get turn(): number {
    const { batchTime, busyBatchTime } = this.#patience;
    return this.#isBusy ? Math.min(batchTime, busyBatchTime) : batchTime;
  }

  get #isBusy(): boolean {
    return this.#signals.activeSessions > 0;
  }

  /** Why the copy has to stand still at the moment; undefined: it need not. What cannot be read throws: unknown means no. */
  async reasonToHold(): Promise<string | undefined> {
    if (Date.now() - this.#read >= freshFor) {
      this.#signals = await readSignals(this.#client);
      this.#read = Date.now();
    }
    const lag = this.#signals.replicationLag;
    if (lag <= this.#patience.replicationLag) return undefined;
    return `a replica is ${Math.round(lag)} s behind`;
  }

  /** Rests after a batch that took so many milliseconds. */
  async rest(took: number, signal: AbortSignal): Promise<void> {
    if (!this.#isBusy) return;
    await pause(Math.min(took / this.#patience.duty - took, longestRest), signal);
  }
}

/** Waits as long as there is a reason to hold, showing it; `meanwhile` goes on being done. */
export async function holdWhileNeeded(
  work: Work,
  throttle: Throttle,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  for (let held = false; ; held = true) {
    const hold = await throttle.reasonToHold();
    if (hold === undefined) {
      if (held) await work.progress.report({ hold: undefined }, undefined, true);
      return;
    }
    await work.progress.report({ hold });
    await meanwhile();
    await pause(500, work.signal);
  }
}
