import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openRegistry } from '../../registry/database.ts';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { steer } from '../../registry/runs/steer.ts';
import { defaultPatience } from '../../runner/context.ts';
import { isTransient } from '../../runner/errors.ts';
import { executeRun } from '../../runner/execute.ts';
import { readPlan } from '../../runner/plan.ts';
import { rollBackAlone } from '../../runner/roll-back-alone.ts';
import { startRunner } from '../../runner/start.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';
import { createTwin, differences } from '../support/workload.ts';

let registry: Pool;
let registryUrl: string;
beforeEach(async () => {
  ({ pool: registry, url: registryUrl } = await createTestRegistry());
});

async function untilCopying(id: string): Promise<void> {
  while (((await readRun(registry, id))?.progress?.batches ?? 0) === 0) await sleep(5);
}

const inSmallBatches = { migrationText: `${claimOrder().migrationText}batch: 10\n` };

describe('the server of the records', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let target: Pool;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
    await start();
  });
  afterEach(async () => {
    await target.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    server = await startEmbeddedPostgres({ folder });
    target = new Pool({ connectionString: server.url });
    target.on('error', () => undefined);
  }

  async function restart(): Promise<void> {
    await target.end();
    await server.stop();
    await start();
  }

  it('is restarted while it copies: the run goes on from its checkpoint, with what was written before it came back', async () => {
    await createClaims(target, { rows: 3000 });
    await createTwin(target);
    const id = await orderClaims(registry, inSmallBatches);
    const cut = executeRun(runnerContext(registry, server.url), id).catch((error: unknown) => error);
    await untilCopying(id);
    await restart();
    expect(isTransient(await cut)).toBe(true);
    const copied =
      (await target.query<{ n: number }>('SELECT copied::int AS n FROM sluice_runner.ledger')).rows[0]?.n ?? 0;
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(3000);
    for (const table of ['twin', 'claims']) {
      await target.query(`UPDATE ${table} SET document = document || '{"note":"between"}' WHERE id % 7 = 0`);
      await target.query(`DELETE FROM ${table} WHERE id % 100 = 1`);
    }
    await executeRun(runnerContext(registry, server.url), id);
    expect((await readRun(registry, id))?.state).toBe('reversing');
    expect(await differences(target, (await readPlan(claimOrder())).forward.toSql('document'))).toEqual([]);

    // What is written while only the server comes and goes has its way back, too.
    await restart();
    for (const table of ['twin', 'claims']) await target.query(`DELETE FROM ${table} WHERE id % 100 = 2`);
    await steer(registry, id, 'rollback', 'platform-engineer');
    await executeRun(runnerContext(registry, server.url), id);
    expect((await readRun(registry, id))?.state).toBe('rolled-back');
    expect(await differences(target, "document - 'policy_number'", "document - 'policy_number'")).toEqual([]);
  }, 60_000);
});

describe('the registry', () => {
  let target: Pool;
  let url: string;
  beforeEach(async () => {
    ({ pool: target, url } = await createTestDatabase());
    await createClaims(target, { rows: 3000 });
    await createTwin(target);
  });

  /** Nobody gets in, and whoever is in is thrown out. */
  async function setRegistry(open: boolean): Promise<void> {
    const server = new Pool({ connectionString: inject('postgresUrl'), max: 1 });
    const name = new URL(registryUrl).pathname.slice(1);
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${open}`);
    if (!open)
      await server.query('SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1', [name]);
    await server.end();
  }

  it('goes while a run copies: the table in use stays as it is, and the run goes on when the registry is back', async () => {
    const id = await orderClaims(registry, inSmallBatches);
    const pool = openRegistry(registryUrl);
    const cut = executeRun(runnerContext(pool, url), id).catch((error: unknown) => error);
    await untilCopying(id);
    await setRegistry(false);
    expect(await cut).toBeInstanceOf(Error);
    expect(await differences(target)).toEqual([]);
    await setRegistry(true);
    await pool.end();
    await executeRun(runnerContext(registry, url), id);
    expect((await readRun(registry, id))?.state).toBe('reversing');
  }, 60_000);

  it('is gone for good after the cutover: the way back needs nothing but the database', async () => {
    const id = await orderClaims(registry);
    await executeRun(runnerContext(registry, url), id);
    await setRegistry(false);
    for (const table of ['twin', 'claims']) await target.query(`DELETE FROM ${table} WHERE id % 100 = 2`);
    await rollBackAlone(url, id, defaultPatience);
    await rollBackAlone(url, id, defaultPatience);
    expect(await differences(target)).toEqual([]);
    await setRegistry(true);
  }, 60_000);
});

it('finds an order that the queue has lost', async () => {
  const { pool: target, url } = await createTestDatabase();
  await createClaims(target, { rows: 300 });
  const id = await orderClaims(registry);
  await registry.query('DELETE FROM sluice.outbox');
  const runner = await startRunner({ registryUrl, databases: () => url });
  let run: Run | undefined;
  while (run?.state !== 'reversing') {
    await sleep(20);
    run = await readRun(registry, id);
  }
  await runner.close();
  expect(run.error).toBeUndefined();
});
