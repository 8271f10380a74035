import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropPolicy = actionRule({
  id: 'drop-policy',
  severity: 'warning',
  summary: 'Without the policy, people see rows that they should not, or no rows at all.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, table }, known) {
    if (object !== 'policy' || table === undefined || known.isNew(table)) return;
    yield {
      message: `Without \`${of.name}\`, what \`${quoteName(table)}\` shows and accepts changes at once: less for whom it allowed, more for whom it restricted.`,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- ALTER POLICY changes one in place. Or create what replaces it first, in the same transaction.',
    };
  },
});
