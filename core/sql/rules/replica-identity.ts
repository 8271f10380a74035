import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const replicaIdentity = actionRule({
  id: 'replica-identity',
  severity: 'advice',
  summary: 'Another replica identity changes what subscribers get, or stops updates.',
  kinds: ['alter-relation'],
  upOnly: true,
  *check({ table, part }, known, { start }) {
    if (part !== 'AT_ReplicaIdentity' || known.isNew(table)) return;
    yield {
      message: `Subscribers of \`${quoteName(table)}\` get other old values from now on; with NOTHING, its updates and deletes fail while it is published.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- DEFAULT (the primary key) is right for almost every table.',
    };
  },
});
