import { actionRule } from '../rule.ts';

export const createTrigger = actionRule({
  id: 'create-trigger',
  severity: 'warning',
  summary: 'CREATE TRIGGER waits for all writers, and from then on every write pays for it.',
  kinds: ['create-trigger'],
  *check({ table, name }, known) {
    if (known.isNew(table) || known.isPresent('view', table)) return;
    yield {
      message: `The trigger \`${name}\` waits for every writer, and later ones wait behind it; afterwards each write runs it.`,
      table,
      lock: 'SHARE ROW EXCLUSIVE',
      during: 'until the transaction ends',
      rewrite: "SET lock_timeout = '200ms';\n-- in a transaction of its own, tried again when it gives up.",
    };
  },
});
