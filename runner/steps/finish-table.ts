import { finishShadow } from '../databases/postgres/finish-shadow.ts';
import { checkFence, setPhase } from '../databases/postgres/ledger.ts';
import { qualified } from '../databases/postgres/relation.ts';
import { shadowOf } from '../databases/postgres/shadow.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { patiently } from '../patiently.ts';
import { mustHaveRows } from '../rows.ts';
import { fenceOf, type Work } from '../work.ts';
import { carryOver } from './carry-over.ts';

/**
 * Builds indexes and constraints over what was copied, and tells the planner about it. First everything noted so far is carried
 * over at once: only then do the tables agree as of one moment, and unique values with them.
 */
export async function finishTable(work: Work): Promise<void> {
  const { client, table, names } = work;
  const fence = fenceOf(work);
  await carryOver(work, null);
  await patiently(work, () =>
    transaction(client, async () => {
      await checkFence(client, fence.id, fence.epoch);
      await finishShadow(client, table, names, mustHaveRows(work.rows, table)?.plan);
      await client.query(`ANALYZE ${qualified(shadowOf(table, names))}`);
      await setPhase(client, fence.id, 'indexed');
    }),
  );
}
