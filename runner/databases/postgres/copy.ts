import type { Client } from 'pg';
import { type Crossing, moveRows, settleMoved } from './crossing.ts';
import { keyList, keyRow, keyValue, valuesOf } from './keys.ts';
import { checkFence, saveCheckpoint } from './ledger.ts';
import { nextPage } from './page.ts';
import { qualified } from './relation.ts';
import { transaction } from './transaction.ts';

export interface Batch {
  readonly records: number;
  /** The key up to which all is copied. */
  readonly checkpoint: string;
  readonly bytes: number;
  /** Records that were set aside. */
  readonly refused: number;
}

/**
 * Copies the next records in key order, checks each, and saves the checkpoint, all in one transaction: after a crash the copy
 * goes on exactly where it was. Undefined: there are no more.
 *
 * Rows are read FOR KEY SHARE, so a delete of one waits for the batch instead of being undone by it; updates do not wait.
 * The end of the page is read before: a row that is waited for comes as it is then, and where its key has become another one
 * the order of what is locked tells nothing. What has left the page, or come into it, is in the log.
 */
export async function copyBatch(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  after: string | null,
  size: number,
): Promise<Batch | undefined> {
  const { table, from } = crossing;
  const { key } = table;
  return transaction(client, async () => {
    await checkFence(client, run.id, run.epoch);
    const page = await nextPage(client, table, from, after, size);
    if (page === undefined) return undefined;
    const taken = `SELECT * FROM ${qualified(from)} WHERE ${keyRow(key)} <= ${keyValue(key, 1)}
      ${after === null ? '' : `AND ${keyRow(key)} > ${keyValue(key, 1 + key.length)}`} ORDER BY ${keyList(key)} FOR KEY SHARE`;
    const values = [page.end, ...(after === null ? [] : [after])].flatMap((text) => valuesOf(key, text));
    const rows = await moveRows(client, crossing, taken, values);
    const refused = await settleMoved(client, crossing, rows);
    await saveCheckpoint(client, run.id, run.epoch, page.end, rows.length);
    const bytes = rows.reduce((sum, [, document]) => sum + (document?.length ?? 0), 0);
    return { records: rows.length, checkpoint: page.end, bytes, refused };
  });
}
