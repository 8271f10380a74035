import type { Client } from 'pg';
import type { RunOrder } from '../../../registry/runs/order.ts';
import { waitForRunners } from './gate.ts';
import { takeEpoch } from './ledger.ts';
import { closeLanes, hasRanges } from './ranges.ts';
import { transaction } from './transaction.ts';

/**
 * Takes a run over from whoever had it, and its ranges from whoever copied them: from the commit on, nobody but this session writes for it. Returns the epoch
 * that it proves itself with.
 */
export async function takeOver(
  client: Client,
  run: RunOrder & { readonly id: string },
  table: { schema: string; name: string },
): Promise<string> {
  return transaction(
    client,
    async () => {
      const epoch = await takeEpoch(client, run, table);
      if (await hasRanges(client)) await closeLanes(client, run.id);
      return epoch;
    },
    { first: waitForRunners },
  );
}
