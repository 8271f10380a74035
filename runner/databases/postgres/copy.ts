import type { Client } from 'pg';
import { type Crossing, moveRows, settleMoved } from './crossing.ts';
import { keyList, keyRow, keyValue, valuesOf } from './keys.ts';
import { checkFence, saveCheckpoint } from './ledger.ts';
import { nextPage, type Page } from './page.ts';
import { qualified } from './relation.ts';
import { NotStreamed, streamPage } from './stream-page.ts';
import { streamScripted } from './stream-scripted.ts';
import { transaction } from './transaction.ts';

export interface Batch {
  readonly records: number;
  /** The key up to which all is copied. */
  readonly checkpoint: string;
  readonly bytes: number;
  /** Records that were set aside. */
  readonly refused: number;
  /** Whether they were validated while they were written; otherwise some could not be converted, and the next may be slower to copy that way. */
  readonly streamed: boolean;
}

/** A page of the source, and what has become of its records. */
type Copied = Omit<Batch, 'checkpoint'>;

/**
 * Copies the next records in key order, checks each, and saves the checkpoint, all in one transaction: after a crash the copy
 * goes on exactly where it was. Undefined: there are no more. `streaming` false: nobody hopes that all can be converted.
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
  streaming = true,
): Promise<Batch | undefined> {
  const { table, from } = crossing;
  const attempt = (copy: typeof copyStreaming) =>
    transaction(
      client,
      async () => {
        await checkFence(client, run.id, run.epoch);
        const page = await nextPage(client, table, from, after, size);
        if (page === undefined) return undefined;
        const copied = await copy(client, crossing, after, page);
        await saveCheckpoint(client, run.id, run.epoch, page.end, copied.records);
        return { ...copied, checkpoint: page.end };
      },
      { lazily: true },
    );
  // Where the columns are the properties (`crossing.rows`), there is no document to stream.
  if (!streaming || !table.columns.includes(table.document)) return attempt(copyReturning);
  try {
    return await attempt(copyStreaming);
  } catch (error) {
    if (!(error instanceof NotStreamed)) throw error;
    return attempt(copyReturning);
  }
}

async function copyStreaming(client: Client, crossing: Crossing, after: string | null, page: Page): Promise<Copied> {
  const { script } = crossing.passage;
  const { bytes, invalid } =
    script === undefined
      ? await streamPage(client, crossing, after, page.end)
      : await streamScripted(client, crossing, script, after, page.end);
  return { records: page.records, bytes, refused: await settleMoved(client, crossing, invalid), streamed: true };
}

async function copyReturning(client: Client, crossing: Crossing, after: string | null, page: Page): Promise<Copied> {
  const { table, from } = crossing;
  const { key } = table;
  const taken = `SELECT * FROM ${qualified(from)} WHERE ${keyRow(key)} <= ${keyValue(key, 1)}
    ${after === null ? '' : `AND ${keyRow(key)} > ${keyValue(key, 1 + key.length)}`} ORDER BY ${keyList(key)} FOR KEY SHARE`;
  const values = [page.end, ...(after === null ? [] : [after])].flatMap((text) => valuesOf(key, text));
  const rows = await moveRows(client, crossing, taken, values);
  const refused = await settleMoved(client, crossing, rows);
  const bytes = rows.reduce((sum, [, document]) => sum + (document?.length ?? 0), 0);
  return { records: page.records, bytes, refused, streamed: false };
}
