import { actionRule } from '../rule.ts';

export const dropNotNull = actionRule({
  id: 'drop-not-null',
  severity: 'warning',
  summary: 'Clients that never saw a null in the column may fail on the first one.',
  kinds: ['drop-not-null'],
  upOnly: true,
  *check({ table, column }, known, { start }) {
    if (known.isNew(table)) return;
    yield {
      message: `From now on \`${column}\` may be null: clients that read it without a thought of that fail on the first one.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite:
        '-- First deploy readers that can take a null; then drop NOT NULL, and only then let writers leave it out.',
    };
  },
});
