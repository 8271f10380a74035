import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropTrigger = actionRule({
  id: 'drop-trigger',
  severity: 'advice',
  summary: 'What the trigger did for writers is no longer done.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, table }, known) {
    if (object !== 'trigger' || table === undefined || known.isNew(table)) return;
    yield {
      message: `What \`${of.name}\` did at each write of \`${quoteName(table)}\`, nobody does any more: rows written from now on lack it.`,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- First deploy writers that do it themselves, or the trigger that replaces it.',
    };
  },
});
