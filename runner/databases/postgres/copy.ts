import type { Client } from 'pg';
import { type Crossing, checkMoved, type MovedRow, moveSql } from './crossing.ts';
import { checkFence, saveCheckpoint } from './ledger.ts';
import { qualified, quoted } from './relation.ts';
import { transaction } from './transaction.ts';

export interface Batch {
  readonly records: number;
  /** Key of the last one. */
  readonly checkpoint: string;
  readonly bytes: number;
}

/**
 * Copies the next records in key order, checks each, and saves the checkpoint, all in one transaction: after a crash the copy
 * goes on exactly where it was. Undefined: there are no more.
 *
 * Rows are read FOR KEY SHARE, so a delete of one waits for the batch instead of being undone by it; updates do not wait.
 */
export async function copyBatch(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  after: string | null,
  size: number,
): Promise<Batch | undefined> {
  const { table, from } = crossing;
  const key = quoted(table.key.name);
  const page = `SELECT * FROM ${qualified(from)} ${after === null ? '' : `WHERE ${key} > $2::${table.key.type}`}
    ORDER BY ${key} LIMIT $1 FOR KEY SHARE`;
  return transaction(client, async () => {
    await checkFence(client, run.id, run.epoch);
    const { rows } = await client.query<MovedRow>({
      text: moveSql(crossing, page),
      values: after === null ? [size] : [size, after],
      rowMode: 'array',
    });
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    await checkMoved(client, crossing, rows);
    const [checkpoint] = last;
    await saveCheckpoint(client, run.id, run.epoch, checkpoint, rows.length);
    const bytes = rows.reduce((sum, [, document]) => sum + (document?.length ?? 0), 0);
    return { records: rows.length, checkpoint, bytes };
  });
}
