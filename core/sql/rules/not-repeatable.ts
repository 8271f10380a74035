import type { Action } from '../action/action.ts';
import { keyOf } from '../action/name.ts';
import { everyActionRule } from '../rule.ts';
import type { Memory } from '../state/memory.ts';

export const notRepeatable = everyActionRule({
  id: 'not-repeatable',
  severity: 'advice',
  summary: 'Outside a transaction a failed file is half done, and fails at once when it is tried again.',
  *check(action, known, { start, statement }) {
    if (known.opener !== undefined || statement.index === 0) return;
    const guard = missingGuard(action, known);
    if (guard === undefined) return;
    yield {
      message: `When a later statement fails, this one is done already and stops the next attempt.`,
      at: start,
      rewrite: `-- ${guard}, or BEGIN and COMMIT around the file.`,
    };
  },
});

function missingGuard(action: Action, known: Memory): string | undefined {
  switch (action.kind) {
    case 'create-table':
      return action.ifNotExists ? undefined : 'CREATE TABLE IF NOT EXISTS';
    case 'add-column':
      return action.ifNotExists ? undefined : 'ADD COLUMN IF NOT EXISTS';
    case 'drop-column':
      return action.ifExists ? undefined : 'DROP COLUMN IF EXISTS';
    case 'drop-constraint':
      return action.ifExists ? undefined : 'DROP CONSTRAINT IF EXISTS';
    case 'add-constraint': {
      const { name } = action.constraint;
      const dropped = name !== undefined && known.dropped.has(`constraint ${keyOf(action.table)} ${name}`);
      return dropped || known.isNew(action.table) ? undefined : 'DROP CONSTRAINT IF EXISTS before it';
    }
    case 'create-index': {
      const dropped = action.index !== undefined && known.dropped.has(`index ${action.index}`);
      return action.ifNotExists || dropped ? undefined : 'DROP INDEX IF EXISTS before it';
    }
    case 'drop':
      return action.ifExists || action.object === 'other' ? undefined : 'IF EXISTS';
    case 'add-enum-value':
      return action.ifNotExists ? undefined : 'ADD VALUE IF NOT EXISTS';
    case 'create': {
      const dropped = known.dropped.has(`${action.object} ${keyOf(action.of)}`);
      return action.ifNotExists || action.orReplace || dropped
        ? undefined
        : 'IF NOT EXISTS or OR REPLACE, or DROP … IF EXISTS before it';
    }
    default:
      return undefined;
  }
}
