import { actionRule } from '../rule.ts';

export const disableTrigger = actionRule({
  id: 'disable-trigger',
  severity: 'warning',
  summary: 'A disabled trigger does not run for other sessions either; ALL switches foreign keys off too.',
  kinds: ['switch-trigger'],
  *check({ table, enabled, trigger }, known, { start }) {
    if (enabled || known.isNew(table)) return;
    const every = typeof trigger !== 'string';
    yield {
      message: every
        ? `All triggers stop for every session, ${trigger.every === 'ALL' ? 'foreign keys included' : 'audit and capture among them'}: what is written meanwhile escapes them.`
        : `The trigger \`${trigger}\` stops for every session: what is written meanwhile escapes it.`,
      at: start,
      table,
      lock: 'SHARE ROW EXCLUSIVE',
      during: 'until the transaction ends',
      rewrite: "-- For this session only:\nSET session_replication_role = 'replica';",
    };
  },
});
