import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const refreshMaterializedView = actionRule({
  id: 'refresh-materialized-view',
  severity: 'warning',
  summary: 'REFRESH MATERIALIZED VIEW without CONCURRENTLY keeps readers out while the query runs.',
  kinds: ['refresh'],
  *check({ view, concurrently }, known) {
    if (concurrently || known.created.has(`materialized view ${keyOf(view)}`)) return;
    yield {
      message: 'Nobody can read the view while its query runs.',
      table: view,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the query runs',
      rewrite: `-- Needs a unique index on plain columns of the view:\nREFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteName(view)};`,
    };
  },
});
