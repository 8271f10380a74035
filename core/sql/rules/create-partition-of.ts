import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const createPartitionOf = actionRule({
  id: 'create-partition-of',
  severity: 'warning',
  summary: 'CREATE TABLE … PARTITION OF takes the strongest lock on the parent; ATTACH PARTITION does not.',
  kinds: ['create-table'],
  *check({ table, partitionOf }, known) {
    if (partitionOf === undefined || known.isNew(partitionOf)) return;
    const [name, parent] = [quoteName(table), quoteName(partitionOf)];
    yield {
      message: 'The new partition waits for everyone who uses the parent, and everyone who comes later waits for it.',
      table: partitionOf,
      lock: 'ACCESS EXCLUSIVE',
      during: 'until the transaction ends',
      rewrite: `CREATE TABLE ${name} (LIKE ${parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
-- Then, which takes no more than SHARE UPDATE EXCLUSIVE on the parent:
-- ALTER TABLE ${parent} ATTACH PARTITION ${name} FOR VALUES …;`,
    };
  },
});
