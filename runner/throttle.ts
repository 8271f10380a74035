import { type Client, DatabaseError } from 'pg';
import { readSignals, type Signals } from './databases/postgres/signals.ts';
import { Duty } from './duty.ts';
import { isTransient } from './errors.ts';
import { pause } from './patiently.ts';
import { keepToWindow } from './window-gate.ts';
import type { Patience, Work } from './work.ts';

/** Milliseconds for which a reading of the signals is good. */
const freshFor = 250;
/** Milliseconds. On a starved machine a batch takes long through no fault of its own. */
const longestRest = 100;

/**
 * Keeps the copy from hurting the application. Alone in the database it runs at full speed; beside others it takes short turns
 * and rests in between (the length of a turn makes the tail of other people's latency, the share of the time its median), more of
 * them the later the server answers after one; when the server, its replicas or its archive fall behind it holds.
 */
export class Throttle {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #oid: string;
  #signals: Signals | undefined;
  #hold: string | undefined;
  #read = 0;
  readonly #duty: Duty;
  /** Whether the copy has rested since its last turn. */
  #isRested = true;
  /** Whether the next reading is to be taken right after a turn: they take turns too. */
  #awaitsTurn = false;
  /** How many copy the table at once: together they take no larger share than one alone. */
  lanes = 1;

  /** `table`: the one that is copied. */
  constructor(client: Client, patience: Patience, table: { readonly oid: string }) {
    this.#client = client;
    this.#patience = patience;
    this.#oid = table.oid;
    this.#duty = new Duty(patience.duty);
  }

  /** Share of the time that the copy takes beside others at the moment: 0 to 1. */
  get share(): number {
    return this.#duty.share;
  }

  /** Milliseconds that the next batch should take. */
  get turn(): number {
    const { batchTime, busyBatchTime } = this.#patience;
    return this.isBusy ? Math.min(batchTime, busyBatchTime) : batchTime;
  }

  /** As long as nothing is known, somebody may be there. */
  get isBusy(): boolean {
    return this.#signals === undefined || this.#signals.activeSessions > 0;
  }

  /**
   * Why the copy has to stand still at the moment; undefined: it need not. Unknown means no: signals that cannot be read are a
   * reason too. Throws when the connection is lost.
   */
  async reasonToHold(): Promise<string | undefined> {
    if (Date.now() - this.#read < (this.#awaitsTurn ? 2 * freshFor : freshFor)) return this.#hold;
    const took = await this.#look();
    if (this.#isRested && took !== undefined) this.#duty.answeredAtRest(took);
    this.#awaitsTurn = this.isBusy && !this.#duty.isFixed && this.#hold === undefined;
    return this.#hold;
  }

  /** Rests after a batch that took so many milliseconds. */
  async rest(took: number, signal: AbortSignal): Promise<void> {
    this.#isRested = false;
    if (!this.isBusy) return;
    if (this.#awaitsTurn && Date.now() - this.#read >= freshFor) {
      this.#awaitsTurn = false;
      const answered = await this.#look();
      if (answered !== undefined) this.#duty.answeredAfterTurn(answered);
    }
    await pause(Math.min((took * this.lanes) / this.#duty.share - took, longestRest * this.lanes), signal);
    this.#isRested = true;
  }

  /** Reads the signals. Returns the milliseconds that the server took to answer; undefined: they cannot be read. */
  async #look(): Promise<number | undefined> {
    const now = Date.now();
    const asked = performance.now();
    let took: number | undefined;
    try {
      const before = this.#signals;
      const signals = await readSignals(this.#client, this.#oid);
      took = performance.now() - asked;
      const seconds = (now - this.#read) / 1000;
      const walRate = before === undefined ? 0 : (signals.walBytes - before.walBytes) / seconds;
      this.#signals = signals;
      this.#hold = reasonFor({ ...signals, walRate, latency: Math.round(took) }, this.#patience);
    } catch (error) {
      if (isTransient(error) || !(error instanceof DatabaseError)) throw error;
      this.#signals = undefined;
      this.#hold = `how the database is doing cannot be read (${error.code ?? 'unknown'}); the role needs pg_monitor`;
    }
    this.#read = Date.now();
    return took;
  }
}

interface Condition extends Omit<Signals, 'walBytes'> {
  /** Bytes a second. */
  readonly walRate: number;
  /** Milliseconds that the server took to answer. */
  readonly latency: number;
}

/** The first limit that is passed, in words. */
export function reasonFor(now: Condition, most: Patience): string | undefined {
  if (now.replicationLag > most.replicationLag) return `a replica is ${Math.round(now.replicationLag)} s behind`;
  if (now.archiveBacklog > most.archiveBacklog) return `${now.archiveBacklog} files of the log wait to be archived`;
  if (now.walRate > most.walRate) return `the server writes ${Math.round(now.walRate / 1e6)} MB of log a second`;
  if (now.oldestTransaction > most.oldestTransaction) {
    return `a transaction of ${Math.round(now.oldestTransaction)} s keeps the server from cleaning up`;
  }
  if (now.vacuuming) return 'the table is being vacuumed';
  if (now.latency > most.latency) return `the server took ${now.latency} ms to answer`;
  return undefined;
}

/**
 * Waits as long as there is a reason to hold, showing it; `meanwhile` goes on being done. A copy ends with its window, and goes on from its
 * checkpoint in the next; a comparison would have to begin anew, so one that has begun in the window is brought to its end.
 */
export async function holdWhileNeeded(
  work: Pick<Work, 'run' | 'gate' | 'progress' | 'signal'>,
  throttle: Throttle,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  for (let held = false; ; held = true) {
    if (work.run.state === 'backfilling') await keepToWindow(work, meanwhile);
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
