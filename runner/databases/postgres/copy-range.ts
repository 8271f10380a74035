import type { Client } from 'pg';
import { type CopiedPage, copying } from './copy-page.ts';
import type { Crossing } from './crossing.ts';
import { throughGate } from './gate.ts';
import { nextPage } from './page.ts';
import { type HeldRange, noteBatch } from './ranges.ts';

export interface RangeBatch extends CopiedPage {
  /** The range behind the batch. */
  readonly range: HeldRange;
  /** All of it is copied: it is nobody's any more. */
  readonly done: boolean;
}

/**
 * Copies the next records of a range and notes it, all in one transaction. Throws `Revoked`, and writes nothing, when the range is somebody else's by now.
 * `gated`: another session carries over.
 */
export async function copyInRange(
  client: Client,
  range: HeldRange,
  crossing: Crossing,
  size: number,
  { streaming = true, gated }: { readonly streaming?: boolean; readonly gated: boolean },
): Promise<RangeBatch> {
  const { table, from } = crossing;
  const manner = { streaming, ...(gated ? { first: throughGate(range.runId) } : {}) };
  return copying(client, crossing, manner, async (copy) => {
    const page = await nextPage(client, table, from, range.after, size, range.end);
    // What comes into the range from now on is in the log.
    const done = page === undefined || page.records < size;
    const behind = await noteBatch(client, range, { end: page?.end ?? null, records: page?.records ?? 0, done });
    const copied = page && (await copy(range.after, page));
    return { ...(copied ?? nothing), range: behind, done };
  });
}

const nothing: CopiedPage = { records: 0, bytes: 0, refused: 0, streamed: true };
