import { quoteName } from '../action/name.ts';
import { fileRule } from '../rule.ts';

export const renameTable = fileRule({
  id: 'rename-table',
  severity: 'error',
  summary: 'Clients that use the old name of the table fail at once, unless a view takes the name over.',
  upOnly: true,
  *check({ file, up }) {
    const made = new Set<string>();
    for (const statement of file.statements) {
      if (statement.section !== 'up') continue;
      for (const { action } of statement.actions) {
        if (action.kind === 'create-table') made.add(quoteName(action.table));
        if (action.kind !== 'rename' || action.object !== 'table') continue;
        const { of, to } = action;
        const [before, after] = [quoteName(of), quoteName({ ...of, name: to })];
        // A view under the old name in the same file keeps old clients going; a swap puts another table there.
        const replaced =
          up.isPresent('view', of) ||
          file.statements.some(
            ({ section, actions }) =>
              section === 'up' &&
              actions.some(
                ({ action: other }) =>
                  other.kind === 'rename' && other.object === 'table' && other.to === of.name && other.from !== to,
              ),
          );
        if (replaced || made.has(before)) {
          made.add(after);
          continue;
        }
        yield {
          message: `Clients that use \`${before}\` fail from this moment on.`,
          statement,
          table: of,
          lock: 'ACCESS EXCLUSIVE',
          rewrite: `BEGIN;
ALTER TABLE ${before} RENAME TO ${quoteName({ name: to })};
-- Simple views can be written to; drop it once nobody uses the old name.
CREATE VIEW ${before} AS SELECT * FROM ${after};
COMMIT;`,
        };
      }
    }
  },
});
