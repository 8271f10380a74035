import { quote, quoteName } from '../action/name.ts';
import { formatType } from '../action/type-name.ts';
import { actionRule } from '../rule.ts';
import { doubtfulCall } from '../volatility.ts';

export const addColumnVolatileDefault = actionRule({
  id: 'add-column-volatile-default',
  severity: 'error',
  summary: 'A new column with a volatile default rewrites the whole table.',
  kinds: ['add-column'],
  growsWithTable: true,
  *check({ table, column }, known) {
    if (known.isNew(table)) return;
    const call = doubtfulCall(column.default, known);
    if (call === undefined) return;
    const [name, on] = [quote(column.name), quoteName(table)];
    const bare =
      column.default !== undefined && 'FuncCall' in column.default && column.default.FuncCall.args === undefined;
    yield {
      message:
        call.verdict === 'volatile'
          ? `The default of \`${column.name}\` calls \`${call.name}()\`, which gives another value for every row: the whole table and its indexes are rewritten.`
          : `Nothing here says that \`${call.name}()\` is STABLE or IMMUTABLE. If it is volatile, the whole table and its indexes are rewritten.`,
      severity: call.verdict === 'volatile' ? 'error' : 'warning',
      at: column.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite: `ALTER TABLE ${on} ADD COLUMN ${name} ${formatType(column.type)};
ALTER TABLE ${on} ALTER COLUMN ${name} SET DEFAULT ${bare ? `${call.name}()` : '/* the same expression */ NULL'};
-- Then fill existing rows in batches, outside this transaction.`,
    };
  },
});
