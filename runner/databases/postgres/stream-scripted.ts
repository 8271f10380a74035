import type { Client } from 'pg';
import type { Json } from '../../../core/schema/json.ts';
import type { PassageScript } from '../../passage.ts';
import { bindPage, boundPage } from './bound-page.ts';
import { copyOut, fieldsOf } from './copy-out.ts';
import type { Crossing, MovedRow } from './crossing.ts';
import { keyText } from './keys.ts';
import { quoted } from './relation.ts';
import { insertGiven, transformed } from './scripted.ts';
import type { Streamed } from './stream-page.ts';

/** Records that go through the script, and then into the table, together. */
const portion = 500;

/**
 * Moves the records of a stretch of the key order through a script. The server reads or writes while the script is at others and while what it made is
 * validated. In the caller's transaction, which must not commit when this throws. Rows that were changed in between are in the log; so is what
 * `ON CONFLICT DO NOTHING` leaves out.
 */
export async function streamScripted(
  client: Client,
  crossing: Crossing,
  script: PassageScript,
  after: string | null,
  end: string,
): Promise<Streamed> {
  const { table, from, passage } = crossing;
  await bindPage(client, table.key, after, end);
  const portions: Promise<MovedRow[]>[] = [];
  let rows: MovedRow[] = [];
  let bytes = 0;
  const send = () => {
    const sent = transformed(script, rows);
    // Whoever waits for it hears of it; until then nobody may be waiting.
    sent.catch(() => undefined);
    portions.push(sent);
    rows = [];
  };
  const document = `taken.${quoted(table.document.name)}`;
  const query = `SELECT ${document} IS NULL, ${script.toSql(document)}, ${keyText(table.key, 'taken')}
    FROM (${boundPage(table.key, from, after !== null)}) AS taken`;
  await copyOut(client, `COPY (${query}) TO STDOUT`, (row) => {
    bytes += row.length;
    const [absent, text, key] = fieldsOf(row);
    if (key === undefined) throw new Error('COPY gave a row without its key.');
    if (rows.push([key, text ?? null, absent === 't']) >= portion) send();
  });
  if (rows.length > 0) send();

  const invalid: MovedRow[] = [];
  let writing = Promise.resolve();
  try {
    for (const sent of portions) {
      const moved = await sent;
      invalid.push(...moved.filter(([, text, absent]) => !isValid(text, absent)));
      await writing;
      writing = insertGiven(client, crossing, moved);
      writing.catch(() => undefined);
    }
  } finally {
    // Nothing else may come between on this session.
    await writing;
  }
  return { bytes, invalid };

  function isValid(text: string | null, absent: boolean): boolean {
    return text === null ? absent : passage.violation(JSON.parse(text) as Json) === undefined;
  }
}
