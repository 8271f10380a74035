import type { Rule } from './rule.ts';

export const migrationMissing: Rule = {
  id: 'migration-missing',
  asks: 'A change that breaks stored records comes with a migration.',
  severity: 'error',
  schema: ({ review: { path, migration } }) => {
    if (migration.status !== 'missing') return [];
    const message = `Stored records need a migration to this version, and there is no \`${migration.path}\``;
    return [{ place: { path, line: 1 }, message, remedy: `Add \`${migration.path}\`; the report proposes one.` }];
  },
};
