import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const jsonType = actionRule({
  id: 'json-type',
  severity: 'warning',
  summary: 'json has no equality: DISTINCT, GROUP BY and UNION over the table fail.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'json') continue;
      yield {
        message: `\`${name}\` is json, which has no equality: queries with DISTINCT, GROUP BY or UNION over it fail.`,
        at: type.at,
        rewrite: `-- ${name} jsonb`,
      };
    }
  },
});
