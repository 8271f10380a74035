import { quoteName } from '../action/name.ts';
import { isOneRow } from '../row-choice.ts';
import { actionRule } from '../rule.ts';

export const backfillInDdlTransaction = actionRule({
  id: 'backfill-in-ddl-transaction',
  severity: 'error',
  summary: 'Rows changed in the transaction that alters a table keep its lock until all of them are written.',
  kinds: ['write'],
  growsWithTable: true,
  *check({ verb, table, where, fromQuery }, known, { start }) {
    if (known.isNew(table) || isOneRow(where) || (verb === 'INSERT' && !fromQuery)) return;
    const held = known.strongestHeld();
    if (held === undefined || held.mode === 'SHARE UPDATE EXCLUSIVE') return;
    yield {
      message: `The ${verb} runs while the transaction still holds a lock on ${quoteName(held.table)} from before.`,
      at: start,
      table: held.table,
      lock: held.mode,
      during: 'until COMMIT',
      rewrite: '-- Change the table in one migration, and the rows in the next one, in batches with a COMMIT each.',
    };
  },
});
