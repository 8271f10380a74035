import type { Client } from 'pg';
import { Fenced, hasLedger } from './ledger.ts';
import { runnerSchema } from './names.ts';

/** Keeps the windows that a run keeps to with its order: they hold for all of it, whatever becomes of where they came from. */
export async function bindWindows(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  windows: readonly string[],
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE ${runnerSchema}.ledger SET run_order = run_order || jsonb_build_object('windows', $3::jsonb)
     WHERE run_id = $1 AND epoch = $2`,
    [run.id, run.epoch, JSON.stringify(windows)],
  );
  if (rowCount !== 1) throw new Fenced(run.id);
}

/** None of a run that began before windows were kept. */
export async function readBoundWindows(client: Client, runId: string): Promise<readonly string[]> {
  if (!(await hasLedger(client))) return [];
  const { rows } = await client.query<{ windows: readonly string[] | null }>(
    `SELECT run_order -> 'windows' AS windows FROM ${runnerSchema}.ledger WHERE run_id = $1`,
    [runId],
  );
  return rows[0]?.windows ?? [];
}
