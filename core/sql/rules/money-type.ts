import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const moneyType = actionRule({
  id: 'money-type',
  severity: 'advice',
  summary: 'money rounds and reads by the server’s locale.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'money') continue;
      yield {
        message: `\`${name}\` is money: its fraction digits and sign depend on the locale of the server.`,
        at: type.at,
        rewrite: `-- ${name} numeric(19, 4), and the currency in a column of its own`,
      };
    }
  },
});
