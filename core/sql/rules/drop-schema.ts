import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropSchema = actionRule({
  id: 'drop-schema',
  severity: 'error',
  summary: 'A dropped schema takes everything in it away.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'schema' || known.created.has(`schema ${keyOf(of)}`)) return;
    yield {
      message: `Everything in the schema \`${quoteName(of)}\` is gone, and clients that use it fail.${cascade ? ' CASCADE takes all that depends on it with it.' : ''}`,
      rewrite:
        '-- Drop its objects one by one, in migrations of their own, once nobody uses them; the empty schema last.',
    };
  },
});
