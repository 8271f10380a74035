import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropRoutine = actionRule({
  id: 'drop-routine',
  severity: 'warning',
  summary: 'Clients, triggers and defaults that call the function fail at once.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'routine' || known.created.has(`routine ${keyOf(of)}`)) return;
    yield {
      message: `Clients that call \`${quoteName(of)}\` fail from this moment on.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite:
        '-- CREATE OR REPLACE FUNCTION changes one in place. Drop it once nobody calls it, and say so in an ignore comment.',
    };
  },
});
