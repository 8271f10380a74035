import { quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const renameColumn = actionRule({
  id: 'rename-column',
  severity: 'error',
  summary: 'Old and new clients cannot run at the same time: one of them names a column that is not there.',
  kinds: ['rename'],
  upOnly: true,
  *check({ object, of, from, to }, known) {
    if (object !== 'column' || known.isNew(of)) return;
    const on = quoteName(of);
    yield {
      message: `Clients that name \`${from}\` fail from this moment on, and those that name \`${to}\` failed until now.`,
      table: of,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: `-- ALTER TABLE ${on} ADD COLUMN ${quote(to)} …; keep both in step by a trigger; fill in batches; move clients;
-- then, in a later migration, drop ${quote(from)}. Or give new clients a view that shows it under the new name:
CREATE VIEW ${quoteName({ ...of, name: `${of.name}_next` })} AS SELECT *, ${quote(from)} AS ${quote(to)} FROM ${on};`,
    };
  },
});
