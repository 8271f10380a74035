// The application of a benchmark, in a thread of its own: clients that write, and answer how long their writes took when they are asked.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import type { Question, WriterSettings } from './writers.ts';

const { url, records, clients, breath } = workerData as WriterSettings;
let taken: number[] = [];
let stopped = false;
/** When the writes under way began, by client. */
const begun = new Map<number, number>();

const ended = Array.from({ length: clients }, async (_, number) => {
  const client = new Client({ connectionString: url, application_name: 'bench-application' });
  await client.connect();
  while (!stopped) {
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

parentPort?.on('message', async (question: Question) => {
  if (question === 'latencies') {
    const now = performance.now();
    parentPort?.postMessage([...taken, ...[...begun.values()].map((start) => now - start)]);
    taken = [];
    return;
  }
  stopped = true;
  await Promise.all(ended);
  parentPort?.close();
});
