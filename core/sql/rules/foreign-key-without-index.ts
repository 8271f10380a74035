import type { Action } from '../action/action.ts';
import { keyOf, type QualifiedName, quote, quoteList, quoteName } from '../action/name.ts';
import { fileRule } from '../rule.ts';
import type { Memory } from '../state/memory.ts';

export const foreignKeyWithoutIndex = fileRule({
  id: 'foreign-key-without-index',
  severity: 'warning',
  summary: 'Without an index on its columns, a foreign key makes every DELETE of the other table read this one.',
  upOnly: true,
  *check({ file, up }) {
    for (const statement of file.statements) {
      if (statement.section !== 'up') continue;
      for (const { action } of statement.actions) {
        for (const { table, columns, at } of foreignKeys(action)) {
          if (!isKnown(table, columns, up) || hasIndex(table, columns, up)) continue;
          const concurrently = up.isNew(table) ? '' : ' CONCURRENTLY';
          yield {
            message: `No index begins with ${columns.map((column) => `\`${column}\``).join(', ')}: each DELETE or key change in the other table reads all of \`${quoteName(table)}\`.`,
            statement,
            at,
            rewrite: `CREATE INDEX${concurrently} ${quote(`${table.name}_${columns.join('_')}_idx`)} ON ${quoteName(table)} (${quoteList(columns)});`,
          };
        }
      }
    }
  },
});

function foreignKeys(action: Action): { table: QualifiedName; columns: readonly string[]; at: number }[] {
  const constraints =
    action.kind === 'create-table'
      ? [...action.constraints, ...action.columns.flatMap((column) => column.constraints)]
      : action.kind === 'add-column'
        ? action.column.constraints
        : action.kind === 'add-constraint'
          ? [action.constraint]
          : [];
  return constraints.flatMap(({ kind, columns, at }) =>
    kind === 'foreign-key' && 'table' in action && action.table !== undefined
      ? [{ table: action.table, columns, at }]
      : [],
  );
}

/** Columns of an old table may have an index from an earlier migration: only the catalog can tell. */
function isKnown(table: QualifiedName, columns: readonly string[], up: Memory): boolean {
  if (up.isNew(table) || up.facts(table) !== undefined) return true;
  return columns.some((column) => up.tables.get(keyOf(table))?.columns.get(column)?.addedIn !== undefined);
}

function hasIndex(table: QualifiedName, columns: readonly string[], up: Memory): boolean {
  const leads = (index: readonly (string | undefined)[]) => {
    const first = index.slice(0, columns.length);
    return columns.every((column) => first.includes(column));
  };
  const own = [...up.indexes.values()].some((index) => index.table === keyOf(table) && leads(index.columns));
  return own || (up.facts(table)?.indexes ?? []).some((index) => index.valid && leads(index.columns));
}
