import type { Rule } from './rule.ts';

export const migrationUnproved: Rule = {
  id: 'migration-unproved',
  asks: 'A migration is proved to lead every record to the new version.',
  severity: 'notice',
  schema: ({ review: { migration } }) => {
    if (migration.status !== 'given' || migration.proof.result !== 'unproved') return [];
    const { path, proof } = migration;
    return [
      {
        place: { path, line: 1 },
        message: `Nobody knows whether it leads every record to the new version: ${proof.reason}`,
        remedy:
          'Look at the records that it is for; the run checks all of them before it changes anything for readers.',
      },
    ];
  },
};
