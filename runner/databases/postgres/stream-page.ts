import { type Client, DatabaseError } from 'pg';
import type { Json } from '../../../core/schema/json.ts';
import { bindPage, boundPage } from './bound-page.ts';
import { copyOut, fieldsOf } from './copy-out.ts';
import type { Crossing, MovedRow } from './crossing.ts';
import { keyList, keyText } from './keys.ts';
import { qualified, quoted } from './relation.ts';
import { writtenColumns } from './table.ts';

/** Not all of a page could be converted in one statement: nothing of it may be kept, and it is to be moved by `moveRows`, which tells which. */
export class NotStreamed extends Error {
  override readonly name = 'NotStreamed';
}

export interface Streamed {
  readonly bytes: number;
  /** Those that are not valid under the version they go to, in key order. */
  readonly invalid: readonly MovedRow[];
}

/**
 * Moves the records of a stretch of the key order and validates each while the server is at the next: both are at work at once, and
 * nothing is kept of what was validated. In the caller's transaction, which must not commit when this throws.
 *
 * What is not given back was there already, put in and validated by whoever carried it over. `NotStreamed`: a record was converted to
 * NULL, which the table may or may not take.
 */
export async function streamPage(
  client: Client,
  crossing: Crossing,
  after: string | null,
  end: string,
): Promise<Streamed> {
  const { table, passage } = crossing;
  await bindPage(client, table.key, after, end);
  const invalid: MovedRow[] = [];
  let bytes = 0;
  const onRow = (row: Buffer) => {
    bytes += row.length;
    const fields = fieldsOf(row);
    const document = fields.next().value;
    if (typeof document !== 'string') throw new NotStreamed();
    if (passage.violation(JSON.parse(document) as Json) === undefined) return;
    const key = fields.next().value;
    if (typeof key !== 'string') throw new Error('COPY gave a row without its key.');
    invalid.push([key, document, false]);
  };
  try {
    await copyOut(client, `COPY (${streamSql(crossing, after !== null)}) TO STDOUT`, onRow);
  } catch (error) {
    // The column takes no NULL.
    if (error instanceof DatabaseError && error.code === '23502') throw new NotStreamed(undefined, { cause: error });
    throw error;
  }
  return { bytes, invalid };
}

function streamSql({ table, from, to, passage }: Crossing, bounded: boolean): string {
  const { key } = table;
  const written = writtenColumns(table);
  const document = quoted(table.document.name);
  const values = written.map((name) => (name === document ? passage.toSql(`taken.${name}`) : `taken.${name}`));
  return `INSERT INTO ${qualified(to)} AS copied (${written.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(', ')} FROM (${boundPage(key, from, bounded)}) AS taken
    ON CONFLICT (${keyList(key)}) DO NOTHING RETURNING copied.${document}, ${keyText(key, 'copied')}`;
}
