import type { Client } from 'pg';
import type { Crossing } from './crossing.ts';
import { waitForRunners } from './gate.ts';
import { addCopied, checkFence, moveFrontier, readLedger } from './ledger.ts';
import { nextStretch } from './page.ts';
import { addRange, closeLanes, dropRanges, hasRanges } from './ranges.ts';
import { transaction } from './transaction.ts';

interface Fence {
  readonly id: string;
  readonly epoch: string;
}

/**
 * Makes a range of the next records that are in none, in one transaction with the ledger's word of it. Undefined: there are no more. `last`: what comes behind
 * it came since, and is in the log.
 */
export async function planRange(
  client: Client,
  run: Fence,
  { table, from }: Pick<Crossing, 'table' | 'from'>,
  size: number,
): Promise<{ readonly number: string; readonly last: boolean } | undefined> {
  const plan = async () => {
    await checkFence(client, run.id, run.epoch);
    const after = (await readLedger(client, run.id))?.checkpoint ?? null;
    const stretch = await nextStretch(client, table, from, after, size);
    if (stretch === undefined) return undefined;
    const { end, last } = stretch;
    await moveFrontier(client, run.id, run.epoch, end);
    return { number: await addRange(client, run.id, after, end), last };
  };
  // Should the server crash, the range and the ledger's word of it are gone together.
  return transaction(client, plan, { lazily: true });
}

/** All ranges are done: what they say is the ledger's now, and nobody copies beside this session any more. */
export async function settleRanges(client: Client, run: Fence): Promise<void> {
  await endRanges(client, run, async (gone) => {
    if (gone.left > 0) throw new Error(`${gone.left} ranges of the run ${run.id} are not done.`);
    await addCopied(client, run.id, run.epoch, gone);
  });
}

/** The copy is given up: nobody copies any more, and what is behind that may be dropped. */
export async function abandonRanges(client: Client, run: Fence): Promise<void> {
  if (await hasRanges(client)) await endRanges(client, run, (gone) => addCopied(client, run.id, run.epoch, gone));
}

async function endRanges(
  client: Client,
  run: Fence,
  account: (gone: Awaited<ReturnType<typeof dropRanges>>) => Promise<void>,
): Promise<void> {
  const end = async () => {
    await checkFence(client, run.id, run.epoch);
    await closeLanes(client, run.id);
    await account(await dropRanges(client, run.id));
  };
  await transaction(client, end, { first: waitForRunners });
}
