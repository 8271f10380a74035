import { actionRule } from '../rule.ts';

export const createConstrainedDomain = actionRule({
  id: 'create-constrained-domain',
  severity: 'advice',
  summary: 'Constraints of a domain are hard to change later, and columns of it cannot be added without a rewrite.',
  kinds: ['create-domain'],
  upOnly: true,
  *check({ domain, constrained }) {
    if (!constrained) return;
    yield {
      message: `Adding a column of the constrained domain \`${domain.name}\` rewrites its table, and a change of the constraint reads every table that uses it.`,
      rewrite:
        '-- Use the base type, and a CHECK constraint at each table: it can be added NOT VALID and validated later.',
    };
  },
});
