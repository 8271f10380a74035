import { actionRule } from '../rule.ts';

export const validateInSameTransaction = actionRule({
  id: 'validate-in-same-transaction',
  severity: 'error',
  summary: 'VALIDATE CONSTRAINT in the transaction that added the constraint holds its strong lock during the scan.',
  kinds: ['validate-constraint'],
  growsWithTable: true,
  *check({ table, name }, known, { start }) {
    const added = known.constraint(table, name);
    if (added === undefined || added.transaction !== known.transaction || known.isNew(table)) return;
    yield {
      message: `\`${name}\` was added NOT VALID in the same transaction, so its lock is still held while every row is read: nothing is won.`,
      at: start,
      table,
      lock: added.kind === 'foreign-key' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE',
      during: 'while the whole table is read',
      rewrite: '-- End the transaction after ADD CONSTRAINT … NOT VALID, and validate in the next one.',
    };
  },
});
