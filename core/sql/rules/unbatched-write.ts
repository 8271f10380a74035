import { quoteName } from '../action/name.ts';
import { isBounded } from '../row-choice.ts';
import { actionRule } from '../rule.ts';

export const unbatchedWrite = actionRule({
  id: 'unbatched-write',
  severity: 'warning',
  summary: 'One UPDATE or DELETE of many rows locks them all until the end, bloats the table and delays replicas.',
  kinds: ['write'],
  growsWithTable: true,
  *check({ verb, table, where }, known, { start, statement }) {
    if (verb === 'INSERT' || verb === 'MERGE' || known.isNew(table) || isBounded(where)) return;
    if (statement.block?.inLoop === true) return;
    const on = quoteName(table);
    yield {
      message:
        where === undefined
          ? `One ${verb} of every row: each stays locked until the last is done, writers of it wait, vacuum and replicas fall behind.`
          : `One ${verb} of as many rows as match: each stays locked until the last is done.`,
      severity: where === undefined ? 'warning' : 'advice',
      at: start,
      table,
      rewrite: `-- In batches of some thousand rows, with a COMMIT each, until no row is left:
-- ${verb === 'UPDATE' ? `UPDATE ${on} SET …` : `DELETE FROM ${on}`} WHERE ctid = ANY (ARRAY(
--   SELECT ctid FROM ${on} WHERE /* not done yet */ LIMIT 5000 FOR UPDATE SKIP LOCKED));`,
    };
  },
});
