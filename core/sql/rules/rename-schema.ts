import { keyOf } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const renameSchema = actionRule({
  id: 'rename-schema',
  severity: 'error',
  summary: 'Clients that name the schema, in queries or in search_path, fail at once.',
  kinds: ['rename'],
  upOnly: true,
  *check({ object, of, from }, known) {
    if (object !== 'schema' || known.created.has(`schema ${keyOf(of)}`)) return;
    yield {
      message: `Clients that name the schema \`${from}\`, in queries or in search_path, fail from this moment on.`,
      rewrite: '-- Make the new schema with views of the old tables, move clients, then move the tables one by one.',
    };
  },
});
