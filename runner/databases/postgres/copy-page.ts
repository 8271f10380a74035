import type { Client } from 'pg';
import { type Crossing, moveRows, settleMoved } from './crossing.ts';
import { keyList, keyRow, keyValue, valuesOf } from './keys.ts';
import type { Page } from './page.ts';
import { qualified } from './relation.ts';
import { NotStreamed, streamPage } from './stream-page.ts';
import { streamScripted } from './stream-scripted.ts';
import { transaction } from './transaction.ts';

/** A page of the source, and what has become of its records. */
export interface CopiedPage {
  readonly records: number;
  readonly bytes: number;
  /** Records that were set aside. */
  readonly refused: number;
  /** Whether they were validated while they were written; otherwise some could not be converted, and the next may be slower to copy that way. */
  readonly streamed: boolean;
}

/** Copies what lies behind a key (null: from the first), up to the end of a page. In a transaction that must not commit when it throws. */
export type CopyPage = (after: string | null, page: Page) => Promise<CopiedPage>;

/**
 * Copies in one transaction, in the fastest way that its records allow. `streaming` false: nobody hopes that all can be converted. `first`: statements that the
 * transaction begins with.
 *
 * Rows are read FOR KEY SHARE, so a delete of one waits for the batch instead of being undone by it; updates do not wait.
 * The end of the page is read before: a row that is waited for comes as it is then, and where its key has become another one
 * the order of what is locked tells nothing. What has left the page, or come into it, is in the log.
 */
export async function copying<T>(
  client: Client,
  crossing: Crossing,
  { streaming, first }: { readonly streaming: boolean; readonly first?: string },
  work: (copy: CopyPage) => Promise<T>,
): Promise<T> {
  const { table } = crossing;
  const attempt = (copy: typeof copyStreaming) =>
    transaction(client, () => work((after, page) => copy(client, crossing, after, page)), { lazily: true, first });
  // Where the columns are the properties (`crossing.rows`), there is no document to stream.
  if (!streaming || !table.columns.includes(table.document)) return attempt(copyReturning);
  try {
    return await attempt(copyStreaming);
  } catch (error) {
    if (!(error instanceof NotStreamed)) throw error;
    return attempt(copyReturning);
  }
}

async function copyStreaming(
  client: Client,
  crossing: Crossing,
  after: string | null,
  page: Page,
): Promise<CopiedPage> {
  const { script } = crossing.passage;
  const { bytes, invalid } =
    script === undefined
      ? await streamPage(client, crossing, after, page.end)
      : await streamScripted(client, crossing, script, after, page.end);
  return { records: page.records, bytes, refused: await settleMoved(client, crossing, invalid), streamed: true };
}

async function copyReturning(
  client: Client,
  crossing: Crossing,
  after: string | null,
  page: Page,
): Promise<CopiedPage> {
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
