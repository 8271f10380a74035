import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const charType = actionRule({
  id: 'char-type',
  severity: 'advice',
  summary: 'char(n) pads with spaces, ignores them when comparing, and is never faster than text.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'bpchar') continue;
      yield {
        message: `\`${name}\` is char: values are padded with spaces, which count or do not count depending on the function.`,
        at: type.at,
        rewrite: `-- ${name} text`,
      };
    }
  },
});
