import type { Client } from 'pg';
import type { RunOrder } from '../../../registry/runs/order.ts';
import { runnerSchema } from './names.ts';
import { planned } from './planned.ts';
import type { Unvalidated } from './references.ts';
import { transaction } from './transaction.ts';

/**
 * How far a run has come in the target database: the truth, because it is written in the same transaction as what it says.
 * Their order is the order of the steps.
 */
export const phases = ['begun', 'shadowed', 'capturing', 'copied', 'indexed', 'verified', 'swapped'] as const;
/** `cleaned`: everything that the run made is gone and the old table is in use. `completed`: the old table is gone. */
export type Phase = (typeof phases)[number] | 'cleaned' | 'completed';

export interface LedgerRow {
  readonly runId: string;
  /** Fencing token: who holds an older one must not write. */
  readonly epoch: string;
  readonly tableSchema: string;
  readonly tableName: string;
  readonly phase: Phase;
  /** Key up to which every record was copied or lies in a range (`ranges`), as text. */
  readonly checkpoint: string | null;
  readonly copied: string;
  readonly captured: string;
  readonly batches: string;
}

/** Another runner has taken over: whatever this one was about to do must not happen. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
  constructor(runId: string) {
    super(`Another runner has taken over run ${runId}.`);
  }
}

export async function ensureLedger(client: Client): Promise<void> {
  const { rows } = await client.query<{ ready: boolean }>(
    `SELECT to_regclass('${runnerSchema}.ledger') IS NOT NULL AS ready`,
  );
  if (rows[0]?.ready) return;
  await transaction(client, () => createLedger(client));
}

async function createLedger(client: Client): Promise<void> {
  await client.query(`
    SELECT pg_advisory_xact_lock(hashtextextended('${runnerSchema}', 0));
    CREATE SCHEMA IF NOT EXISTS ${runnerSchema};
    CREATE TABLE IF NOT EXISTS ${runnerSchema}.ledger (
      run_id text PRIMARY KEY,
      epoch bigint NOT NULL DEFAULT 0,
      table_schema text NOT NULL,
      table_name text NOT NULL,
      phase text NOT NULL,
      checkpoint text,
      copied bigint NOT NULL DEFAULT 0,
      captured bigint NOT NULL DEFAULT 0,
      batches bigint NOT NULL DEFAULT 0,
      unvalidated jsonb NOT NULL DEFAULT '[]',
      run_order jsonb NOT NULL,
      created timestamptz NOT NULL DEFAULT now(),
      updated timestamptz NOT NULL DEFAULT now()
    );
    -- One run at a time may have its hands on a table.
    CREATE UNIQUE INDEX IF NOT EXISTS ledger_one_run_per_table ON ${runnerSchema}.ledger (table_schema, table_name)
      WHERE phase NOT IN ('cleaned', 'completed')`);
}

/** Whether this session now holds the run, until it ends or lets go. False: another session does. */
export async function lockRun(client: Client, runId: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended('${runnerSchema}.' || $1, 0)) AS locked`,
    [runId],
  );
  return rows[0]?.locked === true;
}

export async function readLedger(client: Client, runId: string): Promise<LedgerRow | undefined> {
  const { rows } = await client.query<LedgerRow>(
    `SELECT run_id AS "runId", epoch, table_schema AS "tableSchema", table_name AS "tableName", phase, checkpoint, copied,
       captured, batches
     FROM ${runnerSchema}.ledger WHERE run_id = $1`,
    [runId],
  );
  return rows[0];
}

/** The order of a run, as it was when the run began. */
export async function readOrder(client: Client, runId: string): Promise<RunOrder | undefined> {
  const { rows } = await client.query<{ run_order: RunOrder }>(
    `SELECT run_order FROM ${runnerSchema}.ledger WHERE run_id = $1`,
    [runId],
  );
  return rows[0]?.run_order;
}

/** Whether the ledger is there at all: a database that no run has touched has none. */
export async function hasLedger(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    `SELECT to_regclass('${runnerSchema}.ledger') IS NOT NULL AS ready`,
  );
  return rows[0]?.ready === true;
}

/** The run that has its hands on this table, if it is another one. */
export async function otherRunOn(
  client: Client,
  runId: string,
  table: { schema: string; name: string },
): Promise<string | undefined> {
  if (!(await hasLedger(client))) return undefined;
  const { rows } = await client.query<{ run_id: string }>(
    `SELECT run_id FROM ${runnerSchema}.ledger
     WHERE table_schema = $2 AND table_name = $3 AND run_id <> $1 AND phase NOT IN ('cleaned', 'completed')`,
    [runId, table.schema, table.name],
  );
  return rows[0]?.run_id;
}

/**
 * Takes a new epoch for the run, making its row when there is none (with the order, so that the way back needs no registry). Waits for a batch that an older epoch is just
 * committing; every later one of it fails.
 */
export async function takeEpoch(
  client: Client,
  run: RunOrder & { readonly id: string },
  table: { schema: string; name: string },
): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>(
    `INSERT INTO ${runnerSchema}.ledger AS l (run_id, epoch, table_schema, table_name, phase, run_order)
     VALUES ($1, 1, $2, $3, 'begun', $4)
     ON CONFLICT (run_id) DO UPDATE SET epoch = l.epoch + 1, updated = now() RETURNING epoch`,
    [run.id, table.schema, table.name, JSON.stringify(run)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The ledger gave no epoch.');
  return row.epoch;
}

/** First statement of every transaction that changes anything. Throws `Fenced` when another runner has taken over. */
export async function checkFence(client: Client, runId: string, epoch: string): Promise<void> {
  const { rowCount } = await client.query(
    planned('fence', `SELECT 1 FROM ${runnerSchema}.ledger WHERE run_id = $1 AND epoch = $2 FOR UPDATE`, [
      runId,
      epoch,
    ]),
  );
  if (rowCount !== 1) throw new Fenced(runId);
}

/** In the transaction of what it says. */
export async function setPhase(client: Client, runId: string, phase: Phase): Promise<void> {
  await client.query(`UPDATE ${runnerSchema}.ledger SET phase = $2, updated = now() WHERE run_id = $1`, [runId, phase]);
}

/** Foreign keys that were added in the swap without looking at the rows. In the transaction of the swap. */
export async function saveUnvalidated(
  client: Client,
  runId: string,
  unvalidated: readonly Unvalidated[],
): Promise<void> {
  await client.query(`UPDATE ${runnerSchema}.ledger SET unvalidated = $2 WHERE run_id = $1`, [
    runId,
    JSON.stringify(unvalidated),
  ]);
}

export async function readUnvalidated(client: Client, runId: string): Promise<readonly Unvalidated[]> {
  const { rows } = await client.query<{ unvalidated: Unvalidated[] }>(
    `SELECT unvalidated FROM ${runnerSchema}.ledger WHERE run_id = $1`,
    [runId],
  );
  return rows[0]?.unvalidated ?? [];
}

/** In the transaction of the rows. */
export async function saveCheckpoint(
  client: Client,
  runId: string,
  epoch: string,
  checkpoint: string,
  copied: number,
): Promise<void> {
  const { rowCount } = await client.query(
    planned(
      'checkpoint',
      `UPDATE ${runnerSchema}.ledger SET checkpoint = $3, copied = copied + $4, batches = batches + 1, updated = now()
       WHERE run_id = $1 AND epoch = $2`,
      [runId, epoch, checkpoint, String(copied)],
    ),
  );
  if (rowCount !== 1) throw new Fenced(runId);
}

/** In the transaction that makes a range of what lies before it. */
export async function moveFrontier(client: Client, runId: string, epoch: string, checkpoint: string): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE ${runnerSchema}.ledger SET checkpoint = $3, updated = now() WHERE run_id = $1 AND epoch = $2`,
    [runId, epoch, checkpoint],
  );
  if (rowCount !== 1) throw new Fenced(runId);
}

/** In the transaction in which the ranges that said so are gone. */
export async function addCopied(
  client: Client,
  runId: string,
  epoch: string,
  { copied, batches }: { readonly copied: number; readonly batches: number },
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE ${runnerSchema}.ledger SET copied = copied + $3, batches = batches + $4, updated = now()
     WHERE run_id = $1 AND epoch = $2`,
    [runId, epoch, copied, batches],
  );
  if (rowCount !== 1) throw new Fenced(runId);
}

/** In the transaction of the rows. */
export async function addCaptured(client: Client, runId: string, epoch: string, captured: number): Promise<void> {
  const { rowCount } = await client.query(
    planned(
      'captured',
      `UPDATE ${runnerSchema}.ledger SET captured = captured + $3, updated = now() WHERE run_id = $1 AND epoch = $2`,
      [runId, epoch, String(captured)],
    ),
  );
  if (rowCount !== 1) throw new Fenced(runId);
}

/** The run has made nothing and never will: the table is free for the next. */
export async function abandonRun(client: Client, runId: string): Promise<void> {
  if (!(await hasLedger(client))) return;
  await client.query(
    `UPDATE ${runnerSchema}.ledger SET phase = 'cleaned', updated = now() WHERE run_id = $1 AND phase = 'begun'`,
    [runId],
  );
}
