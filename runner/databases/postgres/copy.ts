import type { Client } from 'pg';
import { type CopiedPage, copying } from './copy-page.ts';
import type { Crossing } from './crossing.ts';
import { checkFence, saveCheckpoint } from './ledger.ts';
import { nextPage } from './page.ts';

export interface Batch extends CopiedPage {
  /** The key up to which all is copied. */
  readonly checkpoint: string;
}

/**
 * Copies the next records in key order, checks each, and saves the checkpoint, all in one transaction: after a crash the copy
 * goes on exactly where it was. Undefined: there are no more. `streaming`: see `copying`.
 */
export async function copyBatch(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  after: string | null,
  size: number,
  streaming = true,
): Promise<Batch | undefined> {
  return copying(client, crossing, { streaming }, async (copy) => {
    await checkFence(client, run.id, run.epoch);
    const page = await nextPage(client, crossing.table, crossing.from, after, size);
    if (page === undefined) return undefined;
    const copied = await copy(after, page);
    await saveCheckpoint(client, run.id, run.epoch, page.end, copied.records);
    return { ...copied, checkpoint: page.end };
  });
}
