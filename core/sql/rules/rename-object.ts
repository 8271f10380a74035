import { keyOf } from '../action/name.ts';
import { actionRule } from '../rule.ts';

const named = new Set(['view', 'materialized view', 'type', 'domain', 'routine', 'sequence', 'attribute']);

export const renameObject = actionRule({
  id: 'rename-object',
  severity: 'warning',
  summary: 'Clients that use the old name of a view, type, function or sequence fail at once.',
  kinds: ['rename'],
  upOnly: true,
  *check({ object, of, from }, known) {
    if (!named.has(object) || known.created.has(`${object} ${keyOf(of)}`)) return;
    yield {
      message: `Clients that use the ${object} \`${from}\` by its old name fail from this moment on.`,
      rewrite:
        '-- Make it under the new name beside the old one, move clients, and drop the old one in a later migration.',
    };
  },
});
