import { quote, quoteName } from '../action/name.ts';
import { isSerial } from '../action/type-name.ts';
import { actionRule } from '../rule.ts';

export const addColumnAutoIncrement = actionRule({
  id: 'add-column-auto-increment',
  severity: 'error',
  summary: 'A new serial or identity column numbers every row, which rewrites the whole table.',
  kinds: ['add-column'],
  growsWithTable: true,
  *check({ table, column }, known) {
    if (!(column.identity || isSerial(column.type)) || known.isNew(table)) return;
    const [name, on] = [quote(column.name), quoteName(table)];
    const sequence = quoteName({ ...table, name: `${table.name}_${column.name}_seq` });
    yield {
      message: `Every existing row gets a number for \`${column.name}\`: the whole table and its indexes are rewritten.`,
      at: column.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite: `CREATE SEQUENCE IF NOT EXISTS ${sequence};
ALTER TABLE ${on} ADD COLUMN ${name} bigint;
ALTER TABLE ${on} ALTER COLUMN ${name} SET DEFAULT nextval('${sequence}');
ALTER SEQUENCE ${sequence} OWNED BY ${on}.${name};
-- Then number existing rows in batches, outside this transaction.`,
    };
  },
});
