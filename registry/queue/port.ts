import type { Json } from '../../core/schema/json.ts';

/**
 * A queue of jobs, at least once: a job may run twice, even at the same time, so a handler acts on what it reads from the
 * registry and is safe to repeat. A handler that throws is tried again with growing pauses.
 */
export interface JobQueue {
  readonly name: string;
  add(name: string, data: Json, options?: AddOptions): Promise<void>;
  work(handler: (job: Job) => Promise<void>, options?: WorkOptions): Worker;
  close(): Promise<void>;
}

/** A queue in which jobs can wait for others of it. */
export interface FlowQueue extends JobQueue {
  /** Adds jobs, and one that comes when all of them are done: all of them, or none. A job that was added under its id before is not added again. */
  addFlow(last: FlowJob, first: readonly FlowJob[]): Promise<void>;
  /** How many jobs could be taken and were not yet. */
  countWaiting(): Promise<number>;
  work(handler: (job: Job) => Promise<void>, options?: WorkOptions): PausableWorker;
}

export interface FlowJob {
  readonly name: string;
  readonly data: Json;
  readonly id: string;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: Json;
}

export interface AddOptions {
  /** A job whose key already waits is not added again. One that came while its like was running runs once more after it. */
  readonly key?: string | undefined;
  /** Names this very message: handing it over a second time (after a crash of the relay) adds nothing. */
  readonly id?: string | undefined;
  /** Milliseconds. */
  readonly delay?: number | undefined;
}

export interface WorkOptions {
  /** Jobs at the same time; default 1. */
  readonly concurrency?: number;
}

export interface Worker {
  /** Takes no more jobs and waits for those at work. */
  close(): Promise<void>;
}

export interface PausableWorker extends Worker {
  /** Takes no more jobs for the moment; those at work go on. One that was just being handed over may come still. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}
