import { keyOf } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropDefault = actionRule({
  id: 'drop-default',
  severity: 'advice',
  summary: 'Clients that leave the column out write null from now on, or fail.',
  kinds: ['drop-default'],
  upOnly: true,
  *check({ table, column }, known, { start }) {
    if (known.isNew(table) || known.tables.get(keyOf(table))?.columns.get(column)?.addedIn !== undefined) return;
    yield {
      message: `Clients that leave \`${column}\` out of an INSERT write null from now on, or fail when it is NOT NULL.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- First deploy writers that always give a value.',
    };
  },
});
