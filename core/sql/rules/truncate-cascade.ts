import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const truncateCascade = actionRule({
  id: 'truncate-cascade',
  severity: 'error',
  summary: 'TRUNCATE … CASCADE empties every table that refers to this one, and those that refer to them.',
  kinds: ['truncate'],
  *check({ tables, cascade }, known) {
    const table = tables.find((each) => !known.isNew(each));
    if (!cascade || table === undefined) return;
    yield {
      message: `Every table with a foreign key to ${tables.map((each) => `\`${quoteName(each)}\``).join(', ')} is emptied too, and so on.`,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: `-- Name the tables; without CASCADE the statement stops when one is missing:\nTRUNCATE ${tables.map(quoteName).join(', ')};`,
    };
  },
});
