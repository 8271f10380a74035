import type { MigrationFile } from './parse/migration-file.ts';
import type { Memory } from './state/memory.ts';
import { remember } from './state/remember.ts';
import { endTransaction } from './state/transactions.ts';

/** A migration that runs before the one that is linted. */
export interface EarlierFile {
  readonly file: MigrationFile;
  /** Whether it comes with the same pull request: what it makes, nobody uses yet. */
  readonly fresh: boolean;
}

/**
 * Notes what earlier files leave behind: types, nullability and validated constraints of columns, and, of the same pull request, what is
 * new. Where something ran that cannot be read, all that was known before it is forgotten.
 * @param earlier those of the base branch first
 */
export function recall(memory: Memory, earlier: readonly EarlierFile[]): void {
  const { opener, lockTimeout, statementTimeout } = memory;
  for (const { file, fresh } of earlier) {
    for (const statement of file.statements) if (statement.section === 'up') remember(memory, statement);
    if (!fresh) settle(memory);
    if (isOpaque(file)) memory.forgetAll();
    endTransaction(memory);
    memory.dropped.clear();
    Object.assign(memory, { opener, lockTimeout, statementTimeout });
  }
}

/** Whether a file does things that leave no trace in memory. */
function isOpaque({ statements }: MigrationFile): boolean {
  const opaque = new Set(['dynamic-sql', 'drop-owned', 'move']);
  return statements.some(
    ({ section, actions }) =>
      section === 'up' &&
      actions.some(
        ({ action }) =>
          opaque.has(action.kind) ||
          (action.kind === 'drop' && action.object === 'schema') ||
          (action.kind === 'set' && action.name === 'search_path'),
      ),
  );
}

/** What is on the base branch exists and is in use, whichever file made it. */
function settle(memory: Memory): void {
  for (const [key, table] of memory.tables) {
    const columns = [...table.columns].map(([name, column]) => [name, { ...column, addedIn: undefined }] as const);
    memory.tables.set(key, { ...table, created: false, columns: new Map(columns) });
  }
  memory.created.clear();
  memory.indexes.clear();
  memory.enumValues = [];
}
