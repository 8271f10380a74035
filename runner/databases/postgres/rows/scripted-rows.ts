import type { Client } from 'pg';
import { recordSql } from '../../../../core/migration/rows/record-sql.ts';
import type { Json } from '../../../../core/schema/json.ts';
import type { Passage, PassageScript } from '../../../passage.ts';
import type { Crossing, MovedRow } from '../crossing.ts';
import { type Key, keyList, keyText, sameKey } from '../keys.ts';
import { qualified, quoted, type Relation } from '../relation.ts';
import { givenSql, givenValues, transformed } from '../scripted.ts';
import { misfit } from './move-row.ts';
import type { RowCrossing } from './row-crossing.ts';
import { crossedSql } from './row-sql.ts';

type Crossed = Pick<Crossing, 'table' | 'from' | 'to' | 'passage'>;

/**
 * As `moveColumns`, with a script behind the operations: the database makes the records of the rows and converts them, the script changes them, the
 * database makes rows of them. Each that does not go over is given back with its reason.
 */
export async function moveScriptedColumns(
  client: Client,
  crossing: Crossed,
  rows: RowCrossing,
  script: PassageScript,
  taken: string,
  values: readonly unknown[],
): Promise<MovedRow[]> {
  const { table, from, to, passage } = crossing;
  const { key } = table;
  const given = await scriptedRecords(client, crossing, rows, script, taken, values);
  const list = rows.written.map(({ name }) => quoted(name)).join(', ');
  const crossed = crossedSql(rows, key, to, givenPassage(passage), givenRows(key, from));
  const { rows: moved } = await client.query<[string, string, string, boolean]>({
    text: `WITH page AS MATERIALIZED (${crossed}), moved AS (
        INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM page WHERE sluice_fits
        ON CONFLICT (${keyList(key)}) DO NOTHING
      )
      SELECT ${keyText(key, 'page')}, sluice_converted::text, sluice_read::text, sluice_fits FROM page`,
    values: givenValues(
      key,
      given.filter(([, document]) => document !== null),
    ),
    rowMode: 'array',
  });
  const found = new Map(moved.map((row) => [row[0], row]));
  return given.flatMap((row): MovedRow[] => {
    if (row[1] === null) return [row];
    const [, converted, read, fits] = found.get(row[0]) ?? [];
    // It was deleted, or got another key, and that is in the log.
    if (converted === undefined || read === undefined) return [];
    if (fits) return [[row[0], read, false]];
    const [wanted, kept] = [converted, read].map((text) => JSON.parse(text) as Json) as [Json, Json];
    return [[row[0], null, false, passage.violation(wanted) ?? misfit(rows, wanted, kept)]];
  });
}

/**
 * A query over rows of the source with what a script makes of each, for `crossedSql` with `givenPassage`; and its values, the parameters from `first` on.
 */
export async function scriptedRows(
  client: Client,
  crossing: Crossed,
  rows: RowCrossing,
  script: PassageScript,
  taken: { readonly text: string; readonly values: readonly unknown[] },
): Promise<{ readonly text: string; readonly values: unknown[] }> {
  const { table, from } = crossing;
  const given = await scriptedRecords(client, crossing, rows, script, taken.text, taken.values);
  return {
    text: givenRows(table.key, from, taken.values.length + 1),
    values: [...taken.values, ...givenValues(table.key, given)],
  };
}

/** The record is what was given with the row. */
export function givenPassage(passage: Passage): Passage {
  return { ...passage, toSql: () => 'record.sluice_given' };
}

function givenRows(key: Key, from: Relation, first = 1): string {
  return `SELECT source.*, given.sluice_document::jsonb AS sluice_given
    FROM ${givenSql(key, first)} JOIN ${qualified(from)} AS source ON ${sameKey(key, 'source', 'given')}`;
}

/** In key order; those that cannot be converted, or that the script refuses, without a record and with the reason. */
async function scriptedRecords(
  client: Client,
  { table: { key }, passage }: Crossed,
  rows: RowCrossing,
  script: PassageScript,
  taken: string,
  values: readonly unknown[],
): Promise<MovedRow[]> {
  const { rows: read } = await client.query<[string, string | null, string | null]>({
    text: `SELECT ${keyText(key, 'converted')}, sluice_converted::text, CASE WHEN sluice_converted IS NULL THEN sluice_record::text END
      FROM (SELECT record.*, ${script.toSql('record.sluice_record')} AS sluice_converted
        FROM (SELECT taken.*, ${recordSql(rows.source, 'taken')} AS sluice_record FROM (${taken}) AS taken OFFSET 0) AS record OFFSET 0
      ) AS converted ORDER BY ${keyList(key, 'converted')}`,
    values: [...values],
    rowMode: 'array',
  });
  return transformed(
    script,
    read.map(([text, converted, record]): MovedRow => {
      if (record === null) return [text, converted, false];
      return [text, null, false, passage.refusal(JSON.parse(record) as Json)];
    }),
  );
}
