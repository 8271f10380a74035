import type { Client, Pool } from 'pg';
import type { RunOrder } from '../../registry/runs/order.ts';
import { readRun } from '../../registry/runs/read.ts';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import type { Passage } from '../../runner/passage.ts';
import { precheck, prepareWork } from '../../runner/prepare.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import type { Work } from '../../runner/work.ts';
import { orderClaims } from './claims.ts';
import { runnerContext } from './runner.ts';

/** A run of `claims` whose steps a test calls one by one. End its `client` yourself. */
export async function beginWork(registry: Pool, url: string, order: Partial<RunOrder> = {}): Promise<Work> {
  const run = await readRun(registry, await orderClaims(registry, order));
  if (run === undefined) throw new Error('no run');
  const client = await connectTarget(url);
  return prepareWork(runnerContext(registry, url), run, client, await precheck(client, run));
}

/** The same, with the shadow table made and every write noted. */
export async function beginCapturing(registry: Pool, url: string, order: Partial<RunOrder> = {}): Promise<Work> {
  const work = await beginWork(registry, url, order);
  await makeShadow(work);
  await startCapture(work);
  return work;
}

/** Every conversion of a record waits while somebody holds the advisory lock `gate`: a statement stopped half-way. */
export function gated(work: Work, gate: number): Work {
  const { forward } = work.plan;
  const passage: Passage = {
    ...forward,
    toSql: (document) => `(SELECT ${forward.toSql(document)} FROM pg_advisory_xact_lock_shared(${gate}))`,
  };
  return { ...work, plan: { ...work.plan, forward: passage } };
}

/** Resolves when a session waits for a lock, with its process id. */
export async function untilWaiting(pool: Pool | Client, query: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE $1 AND pid <> pg_backend_pid()`,
      [`%${query}%`],
    );
    const [row] = rows;
    if (row !== undefined) return row.pid;
  }
}
