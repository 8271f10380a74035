import type { ChangedFile, SchemaReview } from '../review.ts';
import type { Rule } from './rule.ts';

export const migrationIdle: Rule = {
  id: 'migration-idle',
  asks: 'Every migration that comes in belongs to a schema that changes with it.',
  severity: 'warning',
  pullRequest: async ({ reviews, changedFiles }) =>
    changedFiles.filter(isMigration).flatMap(({ path }) => {
      if (reviews.some(({ migration }) => 'path' in migration && migration.path === path)) return [];
      const name = path.split('/')[1] ?? '';
      const schema = reviews.find((review) => review.name === name);
      return [
        {
          place: { path, line: 1 },
          message: `This migration will not run: ${reasonOf(schema, name)}`,
          remedy: remedyOf(schema),
        },
      ];
    }),
};

function isMigration({ path, status }: ChangedFile): boolean {
  return status !== 'removed' && /^migrations\/[^/]+\/[^/]+\.(?:ya?ml|json)$/.test(path);
}

function reasonOf(schema: SchemaReview | undefined, name: string): string {
  if (!schema) return `no schema \`${name}\` changes here`;
  if (schema.set.target === undefined) return `\`${name}\` has no target that holds its records`;
  return `\`${name}\` goes to ${schema.newVersion ?? 'a version that it does not name'}, and a migration to that is kept as \`.yml\``;
}

function remedyOf(schema: SchemaReview | undefined): string {
  if (!schema) return 'Change the schema in the same pull request, or leave the migration out.';
  if (schema.set.target === undefined) return 'Name a `target` for it in `.github/sluice.yml` first.';
  return `Name it migrations/${schema.name}/${schema.newVersion ?? '<version>'}.yml.`;
}
