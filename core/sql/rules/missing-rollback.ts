import { fileRule } from '../rule.ts';

export const missingRollback = fileRule({
  id: 'missing-rollback',
  severity: 'warning',
  summary: 'A migration that nothing undoes must say so.',
  upOnly: true,
  *check({ file, downText }) {
    const up = file.statements.filter(
      ({ section, actions }) =>
        section === 'up' && actions.some(({ action }) => !['set', 'transaction', 'query'].includes(action.kind)),
    );
    const [first] = up;
    if (first === undefined || (downText !== undefined && /\S/.test(downText))) return;
    const declared = file.directives.find((directive) => directive.kind === 'irreversible');
    if (declared !== undefined && declared.reason !== '') return;
    if (file.statements.some(({ section }) => section === 'down')) return;
    const empty = file.directives.some(({ kind }) => kind === 'down');
    yield {
      message: empty
        ? 'The rollback section is empty.'
        : declared === undefined
          ? 'Nothing says how to undo this migration, nor that it cannot be undone.'
          : 'It says that it cannot be undone, but not why.',
      statement: first,
      rewrite: `-- sluice:down
-- … statements that undo it; or a file with the same name that ends in .down.sql; or:
-- sluice:irreversible: why, and what to do instead`,
    };
  },
});
