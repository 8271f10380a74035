import type { Action, ActionKind, ActionOf } from '../action/action.ts';
import { keyOf } from '../action/name.ts';
import { everyActionRule } from '../rule.ts';
import type { Memory } from '../state/memory.ts';

export const notRepeatable = everyActionRule({
  id: 'not-repeatable',
  severity: 'advice',
  summary: 'Outside a transaction a failed file is half done, and fails at once when it is tried again.',
  *check(action, known, { start, statement }) {
    if (known.opener !== undefined || statement.index === 0) return;
    // The table is keyed by kind, which the compiler cannot follow.
    const guard = (guards[action.kind] as ((action: Action, known: Memory) => string | undefined) | undefined)?.(
      action,
      known,
    );
    if (guard === undefined) return;
    yield {
      message: 'When a later statement fails, this one is done already and stops the next attempt.',
      at: start,
      rewrite: `-- ${guard}, or BEGIN and COMMIT around the file.`,
    };
  },
});

/** By kind of action: what would let it run twice. Kinds that are not here can. */
const guards: { readonly [Kind in ActionKind]?: (action: ActionOf<Kind>, known: Memory) => string | undefined } = {
  'create-table': ({ ifNotExists }) => (ifNotExists ? undefined : 'CREATE TABLE IF NOT EXISTS'),
  'add-column': ({ ifNotExists }) => (ifNotExists ? undefined : 'ADD COLUMN IF NOT EXISTS'),
  'drop-column': ({ ifExists }) => (ifExists ? undefined : 'DROP COLUMN IF EXISTS'),
  'drop-constraint': ({ ifExists }) => (ifExists ? undefined : 'DROP CONSTRAINT IF EXISTS'),
  'add-constraint': ({ table, constraint: { name } }, known) => {
    const dropped = name !== undefined && known.dropped.has(`constraint ${keyOf(table)} ${name}`);
    return dropped || known.isNew(table) ? undefined : 'DROP CONSTRAINT IF EXISTS before it';
  },
  'create-index': ({ index, ifNotExists }, known) => {
    const dropped = index !== undefined && known.dropped.has(`index ${index}`);
    return ifNotExists || dropped ? undefined : 'DROP INDEX IF EXISTS before it';
  },
  drop: ({ object, ifExists }) => (ifExists || object === 'other' ? undefined : 'IF EXISTS'),
  'add-enum-value': ({ ifNotExists }) => (ifNotExists ? undefined : 'ADD VALUE IF NOT EXISTS'),
  create: ({ object, of, ifNotExists, orReplace }, known) =>
    ifNotExists || orReplace || known.dropped.has(`${object} ${keyOf(of)}`)
      ? undefined
      : 'IF NOT EXISTS or OR REPLACE, or DROP … IF EXISTS before it',
};
