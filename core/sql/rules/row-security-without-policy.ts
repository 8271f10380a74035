import { keyOf, quote, quoteName } from '../action/name.ts';
import { fileRule } from '../rule.ts';

export const rowSecurityWithoutPolicy = fileRule({
  id: 'row-security-without-policy',
  severity: 'error',
  summary: 'Row security without a policy hides every row from everyone but the owner.',
  upOnly: true,
  *check({ file, up }) {
    for (const statement of file.statements) {
      if (statement.section !== 'up') continue;
      for (const { action, start } of statement.actions) {
        if (action.kind !== 'switch-row-security' || !action.enabled) continue;
        const { table } = action;
        if (up.created.has(`policy ${keyOf(table)}`) || (up.facts(table)?.policies ?? 0) > 0) continue;
        yield {
          message: `No policy of \`${quoteName(table)}\` is made in this file: without one, everyone but its owner sees no row and can write none.`,
          ...(up.catalog === undefined ? { severity: 'warning' as const } : {}),
          statement,
          at: start,
          table,
          lock: 'ACCESS EXCLUSIVE',
          rewrite: `-- Before it, in the same transaction:\nCREATE POLICY ${quote(`${table.name}_all`)} ON ${quoteName(table)} USING (true);`,
        };
      }
    }
  },
});
