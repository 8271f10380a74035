import { quoteList, quoteName } from '../action/name.ts';
import { alignmentOf, paddingOf } from '../alignment.ts';
import { actionRule } from '../rule.ts';

/** Bytes of every row; less is not worth a thought. */
const worthwhile = 8;

export const columnAlignment = actionRule({
  id: 'column-alignment',
  severity: 'advice',
  summary: 'Columns in another order would need fewer bytes for every row.',
  kinds: ['create-table'],
  upOnly: true,
  *check({ table, columns, temporary }) {
    if (temporary || columns.length === 0) return;
    const widestFirst = columns.toSorted((one, other) => alignmentOf(other.type) - alignmentOf(one.type));
    const saved = paddingOf(columns.map(({ type }) => type)) - paddingOf(widestFirst.map(({ type }) => type));
    if (saved < worthwhile) return;
    yield {
      message: `In another order of its columns, every row of \`${quoteName(table)}\` is ${saved} bytes shorter: PostgreSQL pads each column to its alignment.`,
      rewrite: `-- ${quoteList(widestFirst.map(({ name }) => name))}`,
    };
  },
});
