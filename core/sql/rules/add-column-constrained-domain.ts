import { keyOf } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const addColumnConstrainedDomain = actionRule({
  id: 'add-column-constrained-domain',
  severity: 'error',
  summary: 'A new column whose type is a domain with constraints rewrites the whole table.',
  kinds: ['add-column'],
  growsWithTable: true,
  *check({ table, column }, known) {
    if (known.isNew(table)) return;
    const [schema, name] = column.type.name.includes('.') ? column.type.name.split('.') : [undefined, column.type.name];
    const domain = schema === undefined ? { name: name ?? '' } : { schema, name: name ?? '' };
    const constrained = known.domains.get(keyOf(domain)) ?? known.catalog?.domainConstrained(domain);
    if (constrained !== true) return;
    yield {
      message: `The domain \`${column.type.name}\` has constraints, which are checked for \`${column.name}\` of every row by rewriting the table.`,
      at: column.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite:
        '-- Give the column the base type, and the condition as a CHECK constraint added NOT VALID and validated later.',
    };
  },
});
