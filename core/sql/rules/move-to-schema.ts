import { keyOf, quote, quoteName } from '../action/name.ts';
import { fileRule } from '../rule.ts';

export const moveToSchema = fileRule({
  id: 'move-to-schema',
  severity: 'error',
  summary: 'Clients that use the object where it was fail at once, unless a view takes its place.',
  upOnly: true,
  *check({ file, up }) {
    for (const statement of file.statements) {
      if (statement.section !== 'up') continue;
      for (const { action } of statement.actions) {
        if (action.kind !== 'move') continue;
        const { object, of, schema } = action;
        // Also true for the view that is made afterwards under the old name.
        if (up.isNew(of) || up.isPresent('view', of) || up.created.has(`${object} ${keyOf(of)}`)) continue;
        const table = object === 'table' || object === 'view' || object === 'materialized view';
        yield {
          message: `Clients that use \`${quoteName(of)}\` where it was fail from this moment on.`,
          statement,
          ...(table ? { table: of, lock: 'ACCESS EXCLUSIVE' as const } : {}),
          rewrite: table
            ? `BEGIN;
ALTER TABLE ${quoteName(of)} SET SCHEMA ${quote(schema)};
CREATE VIEW ${quoteName(of)} AS SELECT * FROM ${quoteName({ schema, name: of.name })};
COMMIT;`
            : '-- Make it in the new schema beside the old one, move clients, and drop the old one in a later migration.',
        };
      }
    }
  },
});
