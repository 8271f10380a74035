import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { unreachable } from '../../../core/unreachable.ts';
import type { PassageScript } from '../../passage.ts';
import type { Crossing, MovedRow } from './crossing.ts';
import {
  existsIn,
  isTruncation,
  type Key,
  keyArrays,
  keyList,
  keyRow,
  keyText,
  keyValue,
  sameKey,
  valuesOf,
  valuesOfAll,
} from './keys.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { writtenColumns } from './table.ts';
import type { Difference } from './verify.ts';

/**
 * Moves the records of `taken` through a script: the database converts, the script changes, the database writes. Rows that were
 * changed in between are in the log; so is what `ON CONFLICT DO NOTHING` leaves out.
 */
export async function moveScripted(
  client: Client,
  { table, from, to }: Crossing,
  script: PassageScript,
  taken: string,
  values: readonly unknown[],
): Promise<MovedRow[]> {
  const { key } = table;
  const document = quoted(table.document.name);
  const { rows } = await client.query<MovedRow>({
    text: `SELECT ${keyText(key, 'taken')}, (${script.toSql(`taken.${document}`)})::text, taken.${document} IS NULL
      FROM (${taken}) AS taken ORDER BY ${keyList(key, 'taken')}`,
    values: [...values],
    rowMode: 'array',
  });
  const moved = await transformed(script, rows);
  await insertion(client, { table, from, to }, 'some')(moved);
  return moved;
}

/**
 * Writes what a script made of records, with the other columns as they are in the source by now. Those that it refused are left out. `there`: whether
 * some may be in the table already, and stay as they are; otherwise it is an error if one is, and to look for each would take a third of the time.
 */
export function insertion(
  client: Client,
  { table, from, to }: Pick<Crossing, 'table' | 'from' | 'to'>,
  there: 'some' | 'none',
): (moved: readonly MovedRow[]) => Promise<void> {
  const { key } = table;
  const document = quoted(table.document.name);
  const columns = writtenColumns(table);
  const list = columns
    .map((name) => (name === document ? 'given.sluice_document::jsonb' : `source.${name}`))
    .join(', ');
  const text = `INSERT INTO ${qualified(to)} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${list} FROM ${givenSql(key)} JOIN ${qualified(from)} AS source ON ${sameKey(key, 'source', 'given')}
     ${there === 'some' ? `ON CONFLICT (${keyList(key)}) DO NOTHING` : ''}`;
  // The session plans it once. A name has up to 63 bytes.
  const name = `sluice ${createHash('sha256').update(text).digest('base64url')}`;
  return async (moved) => {
    const written = moved.filter(([, made, absent]) => made !== null || absent);
    await client.query({ name, text, values: givenValues(key, written) });
  };
}

/**
 * Runs the script again on what is in the source and compares with what is in the new table. What is set aside is left out, and
 * so are records whose keys wait in the log. Up to ten differences.
 */
export async function compareScripted(
  client: Client,
  { table, from, to, aside }: Crossing,
  script: PassageScript,
  log: Relation,
  after: string | null,
  end: string | null,
): Promise<Difference[]> {
  const { key } = table;
  const document = quoted(table.document.name);
  const bounds = [after, end].flatMap((text) => (text === null ? [] : [valuesOf(key, text)]));
  const conditions = [
    ...(after === null ? [] : [`${keyRow(key, 'source')} > ${keyValue(key, 1)}`]),
    ...(end === null ? [] : [`${keyRow(key, 'source')} <= ${keyValue(key, after === null ? 1 : 1 + key.length)}`]),
    ...(aside ? [`NOT ${existsIn(key, aside.table, 'source')}`] : []),
  ];
  const { rows } = await client.query<MovedRow>({
    text: `SELECT ${keyText(key, 'source')}, (${script.toSql(`source.${document}`)})::text, source.${document} IS NULL
      FROM ${qualified(from)} AS source WHERE ${['true', ...conditions].join(' AND ')}`,
    values: bounds.flat(),
    rowMode: 'array',
  });
  const expected = await transformed(script, rows);
  const { rows: differing } = await client.query<Difference>(
    `SELECT ${keyText(key, 'given')} AS key, CASE WHEN n.${quoted(key[0].name)} IS NULL THEN 'missing' ELSE 'different' END AS kind
     FROM ${givenSql(key)} LEFT JOIN ${qualified(to)} AS n ON ${sameKey(key, 'n', 'given')}
     WHERE (n.${quoted(key[0].name)} IS NULL OR n.${document} IS DISTINCT FROM given.sluice_document::jsonb)
       AND NOT EXISTS (SELECT FROM ${qualified(log)} AS log WHERE ${sameKey(key, 'log', 'given')} OR ${isTruncation(key, 'log')})
     LIMIT 10`,
    givenValues(key, expected),
  );
  return differing;
}

/** Through the script, those that the database converted; a refusal takes the document's place. */
export async function transformed(script: PassageScript, rows: readonly MovedRow[]): Promise<MovedRow[]> {
  const records = rows.flatMap(([key, document]) => (document === null ? [] : [{ key, document }]));
  const outcomes = await script.transform(records);
  let next = 0;
  return rows.map((row): MovedRow => {
    const [key, document] = row;
    if (document === null) return row;
    const outcome = outcomes[next++];
    switch (outcome?.outcome) {
      case 'changed':
        return [key, outcome.document, false];
      case 'skipped':
        return row;
      case 'refused':
      case undefined:
        return [key, null, false, outcome ?? { pointer: '', reason: 'gets no answer from the script' }];
      default:
        return unreachable(outcome);
    }
  });
}

/** Rows of keys and documents, for `givenValues`; its parameters begin at `$first`. The documents are one text of lines: an array would be quoted one by one. */
export function givenSql(key: Key, first = 1): string {
  return `unnest(${keyArrays(key, first)}, string_to_array($${first + key.length}::text, chr(10), '')) AS given (${keyList(key)}, sluice_document)`;
}

/** JSON has a line break only escaped. No document is the empty line. */
export function givenValues(key: Key, rows: readonly MovedRow[]): unknown[] {
  const keys = valuesOfAll(
    key,
    rows.map(([text]) => text),
  );
  return [...keys, rows.map(([, document]) => document ?? '').join('\n')];
}
