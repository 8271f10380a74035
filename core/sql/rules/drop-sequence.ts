import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropSequence = actionRule({
  id: 'drop-sequence',
  severity: 'warning',
  summary: 'Inserts that take their key from the sequence fail at once.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'sequence' || known.created.has(`sequence ${keyOf(of)}`)) return;
    yield {
      message: `Inserts that take numbers from \`${quoteName(of)}\` fail from this moment on, and its position is lost.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite: '-- First give the columns that use it another default; drop it in a later migration.',
    };
  },
});
