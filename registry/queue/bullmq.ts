import {
  type Job as BullJob,
  Worker as BullWorker,
  createPostgresBackend,
  FlowProducer,
  type JobsOptions,
  Queue,
  runMigrations,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Json } from '../../core/schema/json.ts';
import { openPool } from '../open-pool.ts';
import type { AddOptions, FlowJob, FlowQueue, Job, PausableWorker, WorkOptions } from './port.ts';

type Report = (error: Error) => void;

/** Both of BullMQ's stores behind one pair of constructors. */
interface Backend {
  queue(name: string): Queue;
  flows(): FlowProducer;
  worker(
    name: string,
    processor: (job: BullJob) => Promise<void>,
    options: Omit<WorkerOptions, 'connection'>,
  ): BullWorker;
  /** After everything that uses it is closed. */
  close(): Promise<void>;
}

/**
 * Opens a queue of BullMQ: on Redis when the address is `redis://` or `rediss://`, else on PostgreSQL (schema `bullmq`, made
 * when it is missing). `report` hears of lost connections and failed jobs, which are dealt with.
 */
export async function openQueue(url: string, name: string, report: Report = () => undefined): Promise<FlowQueue> {
  const backend = /^rediss?:/.test(url) ? redisBackend(url, report) : await postgresBackend(url, report);
  const queue = backend.queue(name);
  queue.on('error', report);
  const workers = new Set<BullWorker>();
  let flows: FlowProducer | undefined;
  return {
    name,
    async add(jobName, data, options = {}) {
      await queue.add(jobName, data, toBullOptions(options));
    },
    async addFlow(last, first) {
      if (flows === undefined) {
        flows = backend.flows();
        flows.on('error', report);
      }
      const node = ({ name: jobName, data, id }: FlowJob) => ({
        name: jobName,
        queueName: name,
        data,
        opts: toBullOptions({ id }),
      });
      await flows.add({ ...node(last), children: first.map(node) });
    },
    countWaiting: () => queue.getWaitingCount(),
    work(handler, options) {
      const worker = startWorker(backend, name, handler, report, options);
      workers.add(worker);
      return {
        close: async () => {
          workers.delete(worker);
          await worker.close();
        },
        pause: () => worker.pause(true),
        resume: () => worker.resume(),
      } satisfies PausableWorker;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      await flows?.close();
      await queue.close();
      await backend.close();
    },
  };
}

function toBullOptions({ key, id, delay }: AddOptions): JobsOptions {
  return {
    // Tried again for about a day; the pauses grow from 1 s to half a minute.
    attempts: 3000,
    backoff: { type: 'capped' },
    removeOnComplete: { count: 1000 },
    removeOnFail: { count: 5000 },
    ...(id === undefined ? {} : { jobId: id }),
    ...(delay === undefined || delay === 0 ? {} : { delay }),
    ...(key === undefined ? {} : { deduplication: { id: key, keepLastIfActive: true } }),
  };
}

function startWorker(
  backend: Backend,
  name: string,
  handler: (job: Job) => Promise<void>,
  report: Report,
  options: WorkOptions = {},
): BullWorker {
  const worker = backend.worker(
    name,
    (job) => handler({ id: String(job.id), name: job.name, data: job.data as Json }),
    {
      concurrency: options.concurrency ?? 1,
      // A worker that was killed is noticed after about these two together.
      lockDuration: 15_000,
      stalledInterval: 5_000,
      // Being killed often is no reason to give a job up: steps are repeatable and the ledger knows what was done.
      maxStalledCount: 10_000,
      settings: { backoffStrategy: (attempts) => Math.min(1000 * 2 ** Math.min(attempts - 1, 9), 30_000) },
    },
  );
  worker.on('error', report);
  worker.on('failed', (_job, error) => report(error));
  return worker;
}

function redisBackend(url: string, report: Report): Backend {
  const connections: Redis[] = [];
  const connect = (): { connection: Redis } => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connection.on('error', report);
    connections.push(connection);
    return { connection };
  };
  return {
    queue: (name) => new Queue(name, connect()),
    flows: () => new FlowProducer(connect()),
    worker: (name, processor, options) => new BullWorker(name, processor, { ...options, ...connect() }),
    close: async () => {
      for (const connection of connections) connection.disconnect();
      await Promise.resolve();
    },
  };
}

async function postgresBackend(url: string, report: Report): Promise<Backend> {
  const pools: Pool[] = [];
  // BullMQ's commands use unqualified names, and LISTEN keeps one connection for itself: a pool for each object.
  const connect = (max: number): Pool => {
    const options = { connectionString: url, max, keepAlive: true, options: '-c search_path=bullmq' };
    const pool = openPool({ ...options, application_name: 'sluice-queue' }, report);
    pools.push(pool);
    return pool;
  };
  const first = connect(3);
  const client = await first.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  return {
    queue: (name) => new Queue(name, { connection: first }, createPostgresBackend as never),
    flows: () => new FlowProducer({ connection: first }, createPostgresBackend as never),
    worker: (name, processor, options) =>
      new BullWorker(name, processor, { ...options, connection: connect(4) }, createPostgresBackend as never),
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
