import type { Client } from 'pg';
import type { RecordSource } from './record-source.ts';

/** A row as it was fetched. `document` is null where the column is. */
export interface StoredRow {
  readonly key: string;
  readonly document: string | null;
  /** The block of the table that it is in. */
  readonly block: string;
}

/** All rows with a document, as they come. */
export async function declareScan(client: Client, source: RecordSource): Promise<void> {
  await client.query(
    `DECLARE records NO SCROLL CURSOR FOR
     SELECT ${columnsOf(source)}, '' AS block FROM ${source.from} WHERE ${source.where}`,
  );
}

/**
 * Blocks drawn at random, the same ones as long as the table is the same, so that numbers do not change from run to run without a reason.
 * @param percent of the blocks
 * @param share of the rows of each block, from 0 to 1; by a hash of the row's place
 */
export async function declareSample(
  client: Client,
  source: RecordSource,
  percent: number,
  share: number,
): Promise<void> {
  await client.query(
    `DECLARE records NO SCROLL CURSOR FOR
     SELECT ${columnsOf(source)}, stored.tableoid::text || split_part(stored.ctid::text, ',', 1) AS block
     FROM ${source.from} TABLESAMPLE SYSTEM (${percent.toFixed(9)}) REPEATABLE (1)
     WHERE hashtextextended(stored.ctid::text, 0) & 65535 < ${Math.ceil(share * 65_536)}`,
  );
}

export async function fetchRows(client: Client, count: number): Promise<StoredRow[]> {
  const { rows } = await client.query<StoredRow>(`FETCH ${count} FROM records`);
  return rows;
}

export async function closeCursor(client: Client): Promise<void> {
  await client.query('CLOSE records');
}

function columnsOf({ key, document }: RecordSource): string {
  return `${key} AS key, (${document})::text AS document`;
}
