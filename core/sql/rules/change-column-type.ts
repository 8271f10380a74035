import { quote, quoteName } from '../action/name.ts';
import { formatType } from '../action/type-name.ts';
import { actionRule } from '../rule.ts';
import { isFreeConversion } from '../type-conversion.ts';

export const changeColumnType = actionRule({
  id: 'change-column-type',
  severity: 'error',
  summary: 'Another column type rewrites the table and its indexes, and clients may not understand it.',
  kinds: ['change-type'],
  growsWithTable: true,
  *check({ table, column, type, using }, known, { start }) {
    if (known.isNew(table)) return;
    const before = known.column(table, column);
    if (!using && before !== undefined && isFreeConversion(before, type)) return;
    const [name, on, fresh] = [quote(column), quoteName(table), quote(`${column}_new`)];
    const from =
      before === undefined ? '' : ` from \`${formatType({ ...before, name: before.type, array: false, at: 0 })}\``;
    yield {
      message: `Changing \`${column}\`${from} to \`${formatType(type)}\` rewrites the table and its indexes${before === undefined ? ', unless the old type is stored the same way' : ''}.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite: `ALTER TABLE ${on} ADD COLUMN ${fresh} ${formatType(type)};
-- A trigger keeps ${fresh} in step; fill existing rows in batches; move readers; then, in a later migration,
-- drop ${name}. Widening varchar or numeric, and varchar to text, rewrites nothing: ignore this with that reason.`,
    };
  },
});
