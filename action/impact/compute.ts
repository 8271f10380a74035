import type { Client } from 'pg';

/** What the database made of a document. */
export type ComputedText =
  /** Null: nothing, the operations refuse it. */
  | { readonly text: string | null }
  /** Why it made nothing, in words without values. */
  | { readonly problem: string };

/** PostgreSQL takes the expression for no record at all: an operator or a type does not fit. */
export class ExpressionRefused extends Error {
  override readonly name = 'ExpressionRefused';
  /** SQLSTATE. */
  readonly code: string;

  constructor(code: string) {
    super(`PostgreSQL does not take an expression (${code})`);
    this.code = code;
  }
}

/** Bytes; an expression may blow up what it is given. */
const largest = 1_000_000;

/**
 * What an expression makes of documents, in their order; the documents themselves are not looked for again. An expression that raises does so
 * for some of them: those are found by halving. Undefined: the time is over. Throws what pg throws otherwise.
 * @param toSql SQL of type jsonb over a jsonb expression, of built-in functions and operators alone
 * @param end as `performance.now()` tells it
 */
export async function compute(
  client: Client,
  documents: readonly string[],
  toSql: (document: string) => string,
  end: number,
): Promise<readonly ComputedText[] | undefined> {
  if (documents.length === 0) return [];
  if (performance.now() >= end) return undefined;
  const all = await computeAll(client, documents, toSql);
  if (Array.isArray(all)) return all;
  const problem = `the SQL expression raises an error (${all})`;
  if (documents.length === 1) return [{ problem }];
  const half = Math.ceil(documents.length / 2);
  const left = await compute(client, documents.slice(0, half), toSql, end);
  const right = left && (await compute(client, documents.slice(half), toSql, end));
  return right && [...left, ...right];
}

/** The SQLSTATE where one of them makes the expression raise. */
async function computeAll(
  client: Client,
  documents: readonly string[],
  toSql: (document: string) => string,
): Promise<ComputedText[] | string> {
  await client.query('SAVEPOINT computing');
  try {
    // As in a run: nobody's own operators.
    await client.query(`SET LOCAL search_path = ''`);
    const { rows } = await client.query<{ made: string | null; size: number | null }>(
      `SELECT CASE WHEN octet_length(made) <= ${largest} THEN made END AS made, octet_length(made) AS size
       FROM (
         SELECT place, (${toSql('given.document')})::text AS made
         FROM (
           SELECT document::jsonb AS document, place FROM unnest($1::text[]) WITH ORDINALITY AS texts (document, place) OFFSET 0
         ) AS given OFFSET 0
       ) AS computed ORDER BY place`,
      [documents],
    );
    return rows.map(({ made, size }) =>
      size !== null && size > largest ? { problem: `becomes larger than ${largest} bytes` } : { text: made },
    );
  } catch (error) {
    const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
    if (typeof code !== 'string') throw error;
    // Of values, and of what is too much of them.
    if (/^(?:22|54)/.test(code)) return code;
    throw code.startsWith('42') ? new ExpressionRefused(code) : error;
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT computing; RELEASE SAVEPOINT computing').catch(() => undefined);
  }
}
