// The application of a benchmark, in a thread of its own: clients that write, and answer how long their writes took when they are asked.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import type { Question, WriterSettings } from './writers.ts';

const { url, records, clients, breath } = workerData as WriterSettings;
let taken: number[] = [];
const stop = new AbortController();
/** When the writes under way began, by client. */
const begun = new Map<number, number>();

const ended = Array.from({ length: clients }, async (_, number) => {
  const client = new Client({ connectionString: url, application_name: 'bench-application' });
  await client.connect();
  while (!stop.signal.aborted) {
    const id = 1 + Math.floor(Math.random() * records);
    const start = performance.now();
    begun.set(number, start);
    await client.query(`UPDATE claims SET document = document || '{"note": "written"}' WHERE id = $1`, [id]);
    begun.delete(number);
    taken.push(performance.now() - start);
    await sleep(breath);
  }
  await client.end();
});

parentPort?.on('message', (question: Question) => {
  if (question === 'stop') {
    stop.abort();
    void Promise.all(ended).then(() => parentPort?.close());
    return;
  }
  const now = performance.now();
  parentPort?.postMessage([...taken, ...[...begun.values()].map((start) => now - start)]);
  taken = [];
});
