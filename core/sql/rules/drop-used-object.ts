import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropUsedObject = actionRule({
  id: 'drop-used-object',
  severity: 'error',
  summary: 'The live database has views, functions, policies or publications that use what is dropped or changed.',
  kinds: ['drop', 'drop-column', 'change-type', 'rename'],
  *check(action, known, { start }) {
    const table = 'table' in action && action.kind !== 'drop' ? action.table : 'of' in action ? action.of : undefined;
    if (table === undefined || known.isNew(table)) return;
    const whole = (action.kind === 'drop' || action.kind === 'rename') && action.object === 'table';
    const column =
      action.kind === 'rename' && action.object === 'column'
        ? action.from
        : 'column' in action
          ? action.column
          : undefined;
    if (!whole && column === undefined) return;
    // Views, policies and foreign keys follow a rename by themselves; the text of a function does not.
    const users = (known.facts(table)?.dependents ?? []).filter(
      (each) =>
        (whole || each.column === column) &&
        (action.kind !== 'rename' || each.kind === 'function' || each.kind === 'trigger'),
    );
    if (users.length === 0) return;
    const what = column === undefined ? `\`${quoteName(table)}\`` : `\`${column}\` of \`${quoteName(table)}\``;
    yield {
      message: `${what} is used by ${users.map(({ kind, name }) => `${kind} \`${name}\``).join(', ')}: the statement is refused, or they stop working.`,
      at: start,
      table,
      rewrite: '-- First change what uses it, in a migration of its own.',
    };
  },
});
