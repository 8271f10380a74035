import { keyOf, quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const attachPartitionWithoutCheck = actionRule({
  id: 'attach-partition-without-check',
  severity: 'warning',
  summary: 'ATTACH PARTITION reads the whole partition under the strongest lock, unless a CHECK proves its bounds.',
  kinds: ['attach-partition'],
  growsWithTable: true,
  *check({ partition, index }, known, { start }) {
    if (index || known.isNew(partition)) return;
    const key = keyOf(partition);
    const proved = [...known.constraints.values()].some(
      ({ table, kind, valid }) => table === key && kind === 'check' && valid,
    );
    if (proved) return;
    const name = quote(`${partition.name}_bounds`);
    yield {
      message:
        'Unless a validated CHECK constraint says that all rows lie within the bounds, every row is read to see it.',
      at: start,
      table: partition,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the partition is read',
      rewrite: `-- ALTER TABLE ${quoteName(partition)} ADD CONSTRAINT ${name} CHECK (/* not null and within the bounds */) NOT VALID;
-- In a later transaction:
ALTER TABLE ${quoteName(partition)} VALIDATE CONSTRAINT ${name};
-- Then attach, and drop the constraint. A default partition needs the opposite CHECK.`,
    };
  },
});
