import { type RecordColumn, recordSql } from '../../../../core/migration/rows/record-sql.ts';
import { quoteText } from '../../../../core/migration/sql-literal.ts';
import { unreachable } from '../../../../core/unreachable.ts';
import type { Passage } from '../../../passage.ts';
import { type Key, keyList } from '../keys.ts';
import { qualified, quoted, type Relation } from '../relation.ts';
import type { RowCrossing, WrittenColumn } from './row-crossing.ts';

/** jsonb_build_object takes 100 arguments. */
const pairs = 50;

/**
 * A query over rows of the source: the columns to be written under their names, and `sluice_record` (the record as it is),
 * `sluice_converted` (as the passage makes it), `sluice_read` (as it will be read from the columns) and `sluice_fits`: nothing of what
 * was converted is lost or changed by the columns. Where it does not fit, nothing of the row may be written.
 */
export function crossedSql(rows: RowCrossing, key: Key, to: Relation, passage: Passage, taken: string): string {
  const target = `NULL::${qualified(to)}`;
  const values = rows.written.map((column) => `${writtenSql(column, 'made')} AS ${quoted(column.name)}`);
  // OFFSET 0 keeps the planner from writing a step out wherever the next one mentions it.
  const record = `SELECT taken.*, ${recordSql(rows.source, 'taken')} AS sluice_record FROM (${taken}) AS taken OFFSET 0`;
  const less = rows.leftOut.length === 0 ? '' : ` - ARRAY[${rows.leftOut.map(quoteText).join(', ')}]::text[]`;
  const converted = `SELECT record.*, (${passage.toSql('record.sluice_record')})${less} AS sluice_converted FROM (${record}) AS record OFFSET 0`;
  const made = `SELECT converted.*, ${qualified(rows.asRow)}(${target}, ${withWholeNumbers(rows, 'converted.sluice_converted')}) AS sluice_made FROM (${converted}) AS converted OFFSET 0`;
  const written = `SELECT ${values.join(', ')}, made.sluice_record, made.sluice_converted, made.sluice_made IS DISTINCT FROM NULL AS sluice_took
    FROM (${made}) AS made OFFSET 0`;
  const read = `SELECT written.*, ${recordSql(rows.result, 'written')} AS sluice_read FROM (${written}) AS written OFFSET 0`;
  const filled = rows.written.filter(({ notNull }) => notNull).map(({ name }) => `read.${quoted(name)} IS NOT NULL`);
  const fits = ['read.sluice_converted IS NOT NULL', 'read.sluice_took', ...filled, sameRecord(rows.result)];
  return `SELECT read.*, coalesce(${fits.join(' AND ')}, false) AS sluice_fits FROM (${read}) AS read ORDER BY ${keyList(key, 'read')}`;
}

/** 7.0 is an integer, but PostgreSQL does not read it as one: whole numbers for integer columns lose their scale. */
function withWholeNumbers({ result, written }: RowCrossing, record: string): string {
  const whole = result
    .filter(
      ({ name, columnClass }) =>
        columnClass === 'integer' && !written.some((each) => each.name === name && each.carried),
    )
    .map(({ name }) => {
      const number = `(${record} ->> ${quoteText(name)})::numeric`;
      const isNumber = `jsonb_typeof(${record} -> ${quoteText(name)}) = 'number'`;
      return `${quoteText(name)}, CASE WHEN ${isNumber} THEN CASE WHEN ${number} = trunc(${number}) THEN trunc(${number}) END END`;
    });
  const objects: string[] = [];
  for (let at = 0; at < whole.length; at += pairs) {
    objects.push(`jsonb_strip_nulls(jsonb_build_object(${whole.slice(at, at + pairs).join(', ')}))`);
  }
  return [record, ...objects].join(' || ');
}

function writtenSql({ name, from, carried }: WrittenColumn, alias: string): string {
  const made = `(${alias}.sluice_made).${quoted(name)}`;
  if (from === undefined) return made;
  const source = `${alias}.${quoted(from)}`;
  if (carried) return source;
  // As it is, to the last bit, where the record says that it has not changed.
  return `CASE WHEN ${alias}.sluice_converted -> ${quoteText(name)} IS NOT DISTINCT FROM ${alias}.sluice_record -> ${quoteText(from)}
    THEN ${source} ELSE ${made} END`;
}

/** RFC 3339, with no more digits than PostgreSQL keeps; words such as `now` are no instants. */
const instant =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-5][0-9]([.][0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})$';

/** Condition: `read.sluice_read` says what `read.sluice_converted` says. NULL in a column whose property can be null is null. */
function sameRecord(columns: readonly RecordColumn[]): string {
  const nulls = Object.fromEntries(columns.filter(({ nullable }) => nullable).map(({ name }) => [name, null]));
  const [wanted, found] = [`(${quoteText(JSON.stringify(nulls))}::jsonb || read.sluice_converted)`, 'read.sluice_read'];
  const spelt = columns.flatMap((column) => sameSpelling(column, wanted, found) ?? []);
  const names = columns.filter((column) => sameSpelling(column, wanted, found)).map(({ name }) => quoteText(name));
  const less = names.length === 0 ? '' : ` - ARRAY[${names.join(', ')}]::text[]`;
  return [`${wanted}${less} = ${found}${less}`, ...spelt].join(' AND ');
}

/** Condition for columns that have one spelling for what JSON can spell in several ways. */
function sameSpelling({ name, columnClass }: RecordColumn, wanted: string, found: string): string | undefined {
  const [given, kept] = [wanted, found].map((record) => `${record} -> ${quoteText(name)}`);
  const text = `${wanted} ->> ${quoteText(name)}`;
  const same = (spelling: string) =>
    `(${given} IS NOT DISTINCT FROM ${kept} OR jsonb_typeof(${given}) = 'string' AND jsonb_typeof(${kept}) = 'string' AND ${spelling})`;
  switch (columnClass) {
    case 'instant':
      return same(`${text} ~ '${instant}'`);
    case 'uuid':
      return same(`lower(${text}) = ${found} ->> ${quoteText(name)}`);
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'text':
    case 'enum':
    case 'document':
    case 'list':
    case 'formed':
      return undefined;
    default:
      return unreachable(columnClass);
  }
}
