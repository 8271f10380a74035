import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';
import { migrateRegistry } from '../../registry/migrate.ts';
import type { RunOrder } from '../../registry/runs/order.ts';
import { readRun } from '../../registry/runs/read.ts';
import { defaultPatience } from '../../runner/context.ts';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import { precheck, prepareWork } from '../../runner/prepare.ts';
import type { Patience, Work } from '../../runner/work.ts';
import { orderClaims } from '../../test/support/claims.ts';
import { createRecords } from './records.ts';

/** One server for all measurements, and databases of records on it. */
export interface Stage {
  /** A database with the table `claims`: all records, or the first so many. Its address. */
  database(records?: number): Promise<string>;
  /** A run that is approved and prechecked; its steps are called one by one. End its client yourself. */
  begin(url: string, patience?: Partial<Patience>, signal?: AbortSignal, order?: Partial<RunOrder>): Promise<Work>;
  readonly registry: Pool;
  close(): Promise<void>;
}

export async function openStage(records: number, say: (what: string) => void): Promise<Stage> {
  const server = await startEmbeddedPostgres({ settings: { shared_buffers: '1GB', max_wal_size: '16GB' } });
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('CREATE DATABASE registry');
  const registry = new Pool({ connectionString: server.urlOf('registry') });
  await migrateRegistry(registry);
  say(`making ${records} records`);
  await admin.query('CREATE DATABASE records');
  await createRecords(server.urlOf('records'), records);
  return {
    registry,
    async database(most) {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      await admin.query(`CREATE DATABASE ${name} ${most === undefined ? 'TEMPLATE records' : ''}`);
      if (most !== undefined) await createRecords(server.urlOf(name), most);
      return server.urlOf(name);
    },
    async begin(url, patience = {}, signal = new AbortController().signal, order = {}) {
      const run = await readRun(registry, await orderClaims(registry, order));
      if (run === undefined) throw new Error('the run that was just made is gone');
      const client = await connectTarget(url);
      const context = {
        registry,
        databases: () => url,
        patience: { ...defaultPatience, ...patience },
        retention: 3600_000,
        signal,
        report: say,
      };
      return prepareWork(context, run, client, await precheck(client, run));
    },
    async close() {
      await registry.end();
      await admin.end();
      await server.stop();
    },
  };
}
