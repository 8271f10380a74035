import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface WriterSettings {
  readonly url: string;
  readonly records: number;
  readonly clients: number;
  /** Milliseconds between two writes of a client. */
  readonly breath: number;
}

export type Question = 'latencies' | 'stop';

export interface Writers {
  /** Milliseconds of the updates since the last time it was asked, answered ones and those under way. */
  latencies(): Promise<number[]>;
  stop(): Promise<void>;
}

/**
 * Clients that update one random record after another, each with a breath in between, as applications do. In a thread of their own:
 * otherwise they would feel what the runner's thread does, which no application shares.
 */
export function startWriters(url: string, records: number, clients = 4, breath = 4): Writers {
  const settings: WriterSettings = { url, records, clients, breath };
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData: settings });
  const ask = (question: Question) => worker.postMessage(question);
  return {
    async latencies() {
      ask('latencies');
      const [latencies] = (await once(worker, 'message')) as [number[]];
      return latencies;
    },
    async stop() {
      ask('stop');
      await once(worker, 'exit');
    },
  };
}
