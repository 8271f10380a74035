import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const timeWithZone = actionRule({
  id: 'time-with-zone',
  severity: 'advice',
  summary: 'time with time zone has an offset and no date, so daylight saving cannot be right.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'timetz') continue;
      yield {
        message: `\`${name}\` is time with time zone: an offset without a date is wrong half of the year.`,
        at: type.at,
        rewrite: `-- ${name} time, and the name of the time zone in a column of its own; or timestamptz`,
      };
    }
  },
});
