import { actionRule } from '../rule.ts';

export const dropConstraint = actionRule({
  id: 'drop-constraint',
  severity: 'warning',
  summary: 'Without the constraint, rows can come that clients rely on not to see, and putting it back needs a scan.',
  kinds: ['drop-constraint'],
  upOnly: true,
  *check({ table, name, ifExists, cascade }, known, { start }) {
    if (known.isNew(table)) return;
    // The CHECK that proved a column NOT NULL is not missed once the column says so itself; one added here was a helper.
    const constraint = known.constraint(table, name);
    if (constraint !== undefined || (ifExists && /(_not_null|_null|_nn|_bounds)$/.test(name))) return;
    yield {
      message: `Nothing keeps rows out any more that \`${name}\` refused; if it is a foreign key, the other table is locked as well.${cascade ? ' CASCADE takes foreign keys of other tables with it.' : ''}`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- Add what replaces it first (NOT VALID, then VALIDATE), and drop it afterwards.',
    };
  },
});
