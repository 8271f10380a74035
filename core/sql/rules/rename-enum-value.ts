import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const renameEnumValue = actionRule({
  id: 'rename-enum-value',
  severity: 'error',
  summary: 'Clients that read or write the old value fail at once.',
  kinds: ['rename-enum-value'],
  upOnly: true,
  *check({ type, from, to }, known) {
    if (known.created.has(`type ${keyOf(type)}`)) return;
    yield {
      message: `Clients that write '${from}' fail from this moment on, and those that read find '${to}', which they do not know.`,
      rewrite: `ALTER TYPE ${quoteName(type)} ADD VALUE IF NOT EXISTS '${to.replaceAll("'", "''")}';
-- Deploy clients that take both; change rows in batches; then let nobody write the old value.`,
    };
  },
});
