import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropDatabase = actionRule({
  id: 'drop-database',
  severity: 'error',
  summary: 'A dropped database cannot be had back.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'database' || known.created.has(`database ${keyOf(of)}`)) return;
    yield {
      message: `The database \`${quoteName(of)}\` and all its data are gone; nothing brings them back but a backup.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite: '-- A migration is no place for this: do it by hand, after a backup that was tried.',
    };
  },
});
