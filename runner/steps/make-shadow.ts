import { createInOrder } from '../databases/postgres/json-column.ts';
import { checkFence, setPhase } from '../databases/postgres/ledger.ts';
import { createQuarantine } from '../databases/postgres/quarantine.ts';
import { createAsRow } from '../databases/postgres/rows/as-row.ts';
import { createShadow } from '../databases/postgres/shadow.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { patiently } from '../patiently.ts';
import { mustHaveRows } from '../rows.ts';
import { fenceOf, type Work } from '../work.ts';

/** Makes the empty twin of the table. */
export async function makeShadow(work: Work): Promise<void> {
  const { client, table, names, plan } = work;
  const rows = mustHaveRows(work.rows, table);
  const fence = fenceOf(work);
  await patiently(work, () =>
    transaction(client, async () => {
      await checkFence(client, fence.id, fence.epoch);
      await createShadow(client, table, names, rows?.plan);
      if (rows !== undefined) await createAsRow(client, names.asRow);
      if (table.document.type === 'json') await createInOrder(client, names.inOrder);
      if (plan.options.invalid.action !== 'stop') await createQuarantine(client, table, names.quarantine);
      await setPhase(client, fence.id, 'shadowed');
    }),
  );
}
