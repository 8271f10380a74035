import { type Client, DatabaseError } from 'pg';
import type { Json } from '../../../core/schema/json.ts';
import type { PassageScript } from '../../passage.ts';
import { bindPage, boundPage, isStretchEmpty } from './bound-page.ts';
import { copyOut, fieldsOf } from './copy-out.ts';
import type { Crossing, MovedRow } from './crossing.ts';
import { keyText } from './keys.ts';
import { quoted } from './relation.ts';
import { insertion, transformed } from './scripted.ts';
import { NotStreamed, type Streamed } from './stream-page.ts';

/** Records that go through the script, and then into the table, together; and characters of them: longer texts are slow to hand on. */
const portion = 500;
const portionLength = 60_000;

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
  const { table, from, to, passage } = crossing;
  const isNew = await isStretchEmpty(client, table.key, to, after, end);
  const insert = insertion(client, crossing, isNew ? 'none' : 'some');
  await bindPage(client, table.key, after, end);
  const portions: Promise<MovedRow[]>[] = [];
  let rows: MovedRow[] = [];
  let length = 0;
  let bytes = 0;
  const send = () => {
    const sent = transformed(script, rows);
    // Whoever waits for it hears of it; until then nobody may be waiting.
    sent.catch(() => undefined);
    portions.push(sent);
    rows = [];
    length = 0;
  };
  const document = `taken.${quoted(table.document.name)}`;
  const query = `SELECT ${document} IS NULL, ${script.toSql(document)}, ${keyText(table.key, 'taken')}
    FROM (${boundPage(table.key, from, after !== null)}) AS taken`;
  await copyOut(client, `COPY (${query}) TO STDOUT`, (row) => {
    bytes += row.length;
    const [absent, text, key] = fieldsOf(row);
    if (key === undefined) throw new Error('COPY gave a row without its key.');
    length += text?.length ?? 0;
    if (rows.push([key, text ?? null, absent === 't']) >= portion || length >= portionLength) send();
  });
  if (rows.length > 0) send();

  const invalid: MovedRow[] = [];
  let writing = Promise.resolve();
  try {
    for (const sent of portions) {
      const moved = await sent;
      invalid.push(...moved.filter(([, text, absent]) => !isValid(text, absent)));
      await writing;
      writing = insert(moved);
      writing.catch(() => undefined);
    }
    await writing;
  } catch (error) {
    // Nothing else may come between on this session.
    await writing.catch(() => undefined);
    // Somebody else has put one of them in since it was looked.
    if (error instanceof DatabaseError && error.code === '23505') throw new NotStreamed(undefined, { cause: error });
    throw error;
  }
  return { bytes, invalid };

  function isValid(text: string | null, absent: boolean): boolean {
    return text === null ? absent : passage.violation(JSON.parse(text) as Json) === undefined;
  }
}
