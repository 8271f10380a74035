import { fileRule } from '../rule.ts';

export const uncommittedTransaction = fileRule({
  id: 'uncommitted-transaction',
  severity: 'error',
  summary: 'A transaction that is never committed is undone at the end of the file.',
  *check({ file, up }) {
    if (up.opener !== 'file') return;
    const begin = file.statements.findLast(
      ({ section, actions }) =>
        section === 'up' && actions.some(({ action }) => action.kind === 'transaction' && action.verb === 'begin'),
    );
    if (begin === undefined) return;
    yield {
      message: 'The transaction that begins here is never committed: all of it is undone when the connection closes.',
      statement: begin,
      rewrite: 'COMMIT;',
    };
  },
});
