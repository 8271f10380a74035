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
