import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const timestampWithoutZone = actionRule({
  id: 'timestamp-without-zone',
  severity: 'advice',
  summary: 'timestamp without time zone does not say which instant it is.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'timestamp') continue;
      yield {
        message: `\`${name}\` is timestamp without time zone: which instant it means depends on who reads it, and changes twice a year.`,
        at: type.at,
        rewrite: `-- ${name} timestamptz`,
      };
    }
  },
});
