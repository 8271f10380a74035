import type { Action } from '../action/action.ts';
import { fileRule } from '../rule.ts';

export const undeclaredDataLoss = fileRule({
  id: 'undeclared-data-loss',
  severity: 'warning',
  summary: 'A rollback cannot bring dropped data back; the file must say so.',
  upOnly: true,
  *check({ file }) {
    if (file.directives.some((directive) => directive.kind === 'irreversible' && directive.reason !== '')) return;
    const made = new Set<string>();
    for (const statement of file.statements) {
      if (statement.section !== 'up') continue;
      for (const { action, start } of statement.actions) {
        // With IF NOT EXISTS its rows may be older than the file.
        if (action.kind === 'create-table' && !action.ifNotExists) made.add(action.table.name);
        const lost = loss(action);
        if (lost === undefined || made.has(lost.table)) continue;
        yield {
          message: `${lost.what} cannot be brought back by any rollback, and the file does not say that this is meant.`,
          statement,
          at: start,
          rewrite: '-- sluice:irreversible: why the data is not needed, or where its backup is',
        };
        return;
      }
    }
  },
});

function loss(action: Action): { readonly what: string; readonly table: string } | undefined {
  if (action.kind === 'drop-column') return { what: `The data of \`${action.column}\``, table: action.table.name };
  if (action.kind === 'truncate') return { what: 'The rows', table: action.tables[0]?.name ?? '' };
  if (action.kind === 'write' && action.verb === 'DELETE')
    return { what: 'The deleted rows', table: action.table.name };
  if (action.kind !== 'drop' || !['table', 'schema', 'database'].includes(action.object)) return undefined;
  return { what: `The data of \`${action.of.name}\``, table: action.of.name };
}
