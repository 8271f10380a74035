import { quote, quoteList, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const uniqueIndexOnRows = actionRule({
  id: 'unique-index-on-rows',
  severity: 'advice',
  summary: 'A unique index cannot be built over duplicates; built concurrently, it leaves an invalid index behind.',
  kinds: ['create-index'],
  upOnly: true,
  *check({ index, table, unique, columns, concurrently, partial }, known) {
    if (!unique || known.isNew(table)) return;
    const named = columns.filter((column) => column !== undefined);
    const left = index === undefined ? 'an invalid index' : `the invalid index \`${quote(index)}\``;
    yield {
      message: `If there are duplicates it fails${concurrently ? `, and leaves ${left} that refuses new ones all the same` : ''}.`,
      rewrite:
        named.length === columns.length && !partial
          ? `-- See first that this finds nothing:
SELECT ${quoteList(named)}, count(*) FROM ${quoteName(table)} GROUP BY ${quoteList(named)} HAVING count(*) > 1 LIMIT 10;`
          : '-- See first, with GROUP BY … HAVING count(*) > 1 over the same expressions, that there are no duplicates.',
    };
  },
});
