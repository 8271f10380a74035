import type { Rule } from './rule.ts';

export const migrationProof: Rule = {
  id: 'migration-proof',
  asks: 'No record is known that the migration leaves invalid.',
  severity: 'error',
  schema: ({ review: { migration } }) => {
    if (migration.status !== 'given' || migration.proof.result !== 'refuted') return [];
    const { path, proof } = migration;
    const message = `A record valid under the old version stays invalid: ${proof.reason}`;
    return [
      { place: { path, line: 1 }, message, remedy: 'Add an operation that mends such records; the report shows one.' },
    ];
  },
};
