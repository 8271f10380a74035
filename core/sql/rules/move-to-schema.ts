import { keyOf, quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const moveToSchema = actionRule({
  id: 'move-to-schema',
  severity: 'error',
  summary: 'Clients that use the object where it was fail at once.',
  kinds: ['move'],
  upOnly: true,
  *check({ object, of, schema }, known) {
    if (known.isNew(of) || known.created.has(`${object} ${keyOf(of)}`)) return;
    const table = object === 'table' || object === 'view' || object === 'materialized view';
    yield {
      message: `Clients that use \`${quoteName(of)}\` where it was fail from this moment on.`,
      ...(table ? { table: of, lock: 'ACCESS EXCLUSIVE' as const } : {}),
      rewrite: table
        ? `BEGIN;
ALTER TABLE ${quoteName(of)} SET SCHEMA ${quote(schema)};
CREATE VIEW ${quoteName(of)} AS SELECT * FROM ${quoteName({ schema, name: of.name })};
COMMIT;`
        : '-- Make it in the new schema beside the old one, move clients, and drop the old one in a later migration.',
    };
  },
});
