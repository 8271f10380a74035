import type { Action } from '../action/action.ts';
import { everyActionRule } from '../rule.ts';

export const concurrentlyInTransaction = everyActionRule({
  id: 'concurrently-in-transaction',
  severity: 'error',
  summary: 'CONCURRENTLY, VACUUM and a few others are refused inside a transaction.',
  *check(action, known, { start }) {
    const what = refused(action);
    if (what === undefined || known.opener === undefined) return;
    const opener = {
      host: 'the tool that runs this file wraps it in one',
      file: 'BEGIN opened one above',
      block: 'a DO block is one',
    }[known.opener];
    yield {
      message: `PostgreSQL refuses ${what} inside a transaction, and ${opener}: the migration fails here.`,
      at: start,
      rewrite:
        known.opener === 'host'
          ? '-- Put it in a file of its own that begins with:\n-- sluice:no-transaction'
          : '-- Move it after COMMIT, or into a file of its own.',
    };
  },
});

function refused(action: Action): string | undefined {
  if (action.kind === 'create-index' && action.concurrently) return 'CREATE INDEX CONCURRENTLY';
  if (action.kind === 'drop' && action.object === 'database') return 'DROP DATABASE';
  if (action.kind === 'drop' && action.concurrently) return 'DROP INDEX CONCURRENTLY';
  if (action.kind === 'detach-partition' && action.concurrently) return 'DETACH PARTITION … CONCURRENTLY';
  if (action.kind === 'vacuum' && !action.analyze) return 'VACUUM';
  if (action.kind === 'outside-transaction') return action.what;
  if (action.kind !== 'reindex') return undefined;
  if (action.target === 'schema' || action.target === 'database') return `REINDEX ${action.target.toUpperCase()}`;
  return action.concurrently ? 'REINDEX CONCURRENTLY' : undefined;
}
