import type { Rule } from './rule.ts';

export const migrationLoses: Rule = {
  id: 'migration-loses',
  asks: 'A roll back can give every record back as it was.',
  severity: 'notice',
  schema: ({ review: { migration } }) => {
    if (migration.status !== 'given' || migration.losses.length === 0) return [];
    const { path, losses } = migration;
    const message = `A roll back cannot give back: ${losses.join('; ')}`;
    return [
      { place: { path, line: 1 }, message, remedy: 'Keep what is lost in another member, or accept that it is.' },
    ];
  },
};
