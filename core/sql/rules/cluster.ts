import { actionRule } from '../rule.ts';

export const cluster = actionRule({
  id: 'cluster',
  severity: 'error',
  summary: 'CLUSTER copies the whole table in the order of an index under the strongest lock.',
  kinds: ['cluster'],
  growsWithTable: true,
  *check({ table }, known) {
    if (table !== undefined && known.isNew(table)) return;
    yield {
      message: `${table === undefined ? 'Every clustered table' : 'The whole table'} is copied in the order of an index.`,
      ...(table === undefined ? {} : { table }),
      lock: 'ACCESS EXCLUSIVE',
      during: 'while it is copied',
      rewrite: '-- pg_repack --order-by does the same and needs the strong lock for a moment only.',
    };
  },
});
