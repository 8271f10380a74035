import type { Crossing } from '../crossing.ts';
import { keyList } from '../keys.ts';
import { quoted } from '../relation.ts';
import type { RowCrossing } from './row-crossing.ts';
import { crossedSql } from './row-sql.ts';

/** A query for the key and `sluice_record`, what a row is expected to be, with whether it has a way over; and the columns of what it is. */
export function comparedRows(
  { table: { key }, to, passage }: Pick<Crossing, 'table' | 'to' | 'passage'>,
  rows: RowCrossing,
  taken: string,
): { readonly expected: string; readonly columns: string } {
  const columns = rows.written.map(({ name }) => quoted(name)).join(', ');
  return {
    columns,
    expected: `SELECT ${keyList(key)}, ROW(${columns}, sluice_fits) AS sluice_record
      FROM (${crossedSql(rows, key, to, passage, taken)}) AS crossed`,
  };
}
