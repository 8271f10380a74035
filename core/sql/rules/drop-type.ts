import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropType = actionRule({
  id: 'drop-type',
  severity: 'warning',
  summary: 'Columns, functions and clients that use the type stop working.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if ((object !== 'type' && object !== 'domain') || known.created.has(`${object} ${keyOf(of)}`)) return;
    yield {
      message: `What uses the type \`${quoteName(of)}\` stops this statement; clients that name it fail.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite: '-- First move columns and functions to another type; drop it in a later migration.',
    };
  },
});
