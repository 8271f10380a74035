import { columnsDefined } from '../columns-defined.ts';
import { actionRule } from '../rule.ts';

export const varcharLimit = actionRule({
  id: 'varchar-limit',
  severity: 'advice',
  summary: 'varchar(n): making n smaller reads the whole table; text with a CHECK can be changed without.',
  kinds: ['create-table', 'add-column', 'change-type'],
  upOnly: true,
  *check(action) {
    for (const { name, type } of columnsDefined(action)) {
      if (type.name !== 'varchar' || type.modifiers.length === 0) continue;
      yield {
        message: `The limit of \`${name}\` is part of its type: making it smaller later rewrites the table under the strongest lock.`,
        at: type.at,
        rewrite: `-- ${name} text CHECK (char_length(${name}) <= ${type.modifiers[0] ?? 0})`,
      };
    }
  },
});
