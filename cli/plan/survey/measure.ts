import { type Client, DatabaseError } from 'pg';
import { ConversionError } from '../../../core/migration/conversion-error.ts';
import type { Migration } from '../../../core/migration/migration.ts';
import { applyTransform, transformToSql } from '../../../core/migration/transform.ts';
import type { Json } from '../../../core/schema/json.ts';
import type { Validator } from '../../../core/schema/validator.ts';
import type { RecordTable } from '../../../runner/databases/postgres/table.ts';
import type { Refusal } from '../../../runner/passage.ts';
import { openScript } from '../../../runner/scripts/open-script.ts';
import { readSample, type SampledRow } from './read-sample.ts';
import type { Sample } from './survey.ts';

/** The migration to be measured, and what says whether a record is valid after it. */
export interface Measured {
  readonly migration: Pick<Migration, 'transform' | 'script'> & Partial<Migration>;
  readonly validate: Validator;
}

const wanted = 5000;

/** Converts and checks some records of the table. A text: why that could not be done. Undefined: it has none. */
export async function measure(
  client: Client,
  table: RecordTable,
  { migration, validate }: Measured,
  records: number,
): Promise<Sample | string | undefined> {
  const began = performance.now();
  const rows = await readOrTell(
    client,
    table,
    (document) => transformToSql(migration.transform, document),
    wanted,
    records,
  );
  if (typeof rows === 'string') return rows;
  if (rows.length === 0) return undefined;
  const refusals: Refusal[] = [];
  let bytesAfter = 0;
  for (const { after, refusal } of await scripted(migration, rows)) {
    const wrong = refusal ?? (after === undefined ? undefined : violation(validate, after));
    if (wrong !== undefined) refusals.push(wrong);
    bytesAfter += Buffer.byteLength(after ?? '');
  }
  const [example] = refusals;
  return {
    records: rows.length,
    seconds: (performance.now() - began) / 1000,
    bytesBefore: rows.reduce((sum, [, before]) => sum + Buffer.byteLength(before), 0),
    bytesAfter,
    refused: refusals.length,
    ...(example === undefined ? {} : { example }),
  };
}

interface Outcome {
  readonly after?: string;
  readonly refusal?: Refusal;
}

/** What becomes of each row: through the script too, where there is one. */
async function scripted(
  { transform, script, ...of }: Measured['migration'],
  rows: readonly SampledRow[],
): Promise<Outcome[]> {
  const converted = rows.map(
    ([, before, after]): Outcome =>
      after === null ? { refusal: refusalOf(transform, JSON.parse(before) as Json) } : { after },
  );
  if (script === undefined) return converted;
  const { schema = '', from = '', to = '' } = of;
  const opened = await openScript(script, { context: { schema, from, to } });
  try {
    const given = rows.flatMap(([key, , after]) => (after === null ? [] : [{ key, document: after }]));
    const outcomes = (await opened.transform(given)).values();
    return converted.map((outcome): Outcome => {
      if (outcome.after === undefined) return outcome;
      const made = outcomes.next().value;
      if (made?.outcome === 'refused') return { refusal: made };
      return made?.outcome === 'changed' ? { after: made.document } : outcome;
    });
  } finally {
    await opened.close();
  }
}

function violation(validate: Validator, after: string): Refusal | undefined {
  const [first] = validate(JSON.parse(after) as Json);
  return first && { pointer: first.at, reason: first.message };
}

function refusalOf(transform: Migration['transform'], record: Json): Refusal {
  try {
    applyTransform(transform, record);
  } catch (error) {
    if (error instanceof ConversionError) return { pointer: error.pointer, reason: error.reason };
    throw error;
  }
  return { pointer: '', reason: 'cannot be converted' };
}

/** What an SQL expression of the migration cannot compute, the database raises; its message would carry a value. */
async function readOrTell(...given: Parameters<typeof readSample>): Promise<SampledRow[] | string> {
  try {
    return await readSample(...given);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.code === '57014') return 'Reading a sample took too long. Try again when the database is less busy.';
    if (!error.code?.startsWith('22')) throw error;
    return `An SQL expression of the migration fails for a record (SQLSTATE ${error.code}). Make it take every record.`;
  }
}
