import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const alterCompositeType = actionRule({
  id: 'alter-composite-type',
  severity: 'warning',
  summary: 'Clients that decode values of the type do not expect another number or kind of attributes.',
  kinds: ['alter-relation'],
  upOnly: true,
  *check({ table, relation }, known, { start }) {
    if (relation !== 'type' || known.created.has(`type ${keyOf(table)}`)) return;
    yield {
      message: `Clients that decode values of \`${quoteName(table)}\` find other attributes than they expect.`,
      at: start,
      rewrite:
        '-- Make another type beside it, move columns and functions over, and drop the old one in a later migration.',
    };
  },
});
