import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropView = actionRule({
  id: 'drop-view',
  severity: 'warning',
  summary: 'Clients that read the view fail at once.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if ((object !== 'view' && object !== 'materialized view') || known.created.has(`${object} ${keyOf(of)}`)) return;
    yield {
      message: `Clients that read \`${quoteName(of)}\` fail from this moment on.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite:
        '-- CREATE OR REPLACE VIEW changes one in place. Drop it once nobody reads it, and say so in an ignore comment.',
    };
  },
});
