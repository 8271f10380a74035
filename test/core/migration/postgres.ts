import { createTestDatabase } from '../../support/postgres.ts';

/** A real server for tests of what SQL expressions give. Every document travels as JSON text, so nothing is rounded. */
export interface Sql {
  /** What the expression over column `document` gives for each document, as JSON text; undefined where it is NULL. */
  evaluate(expression: string, documents: readonly string[]): Promise<(string | undefined)[]>;
  /** For each pair whether both texts are the same jsonb value. */
  equal(pairs: readonly (readonly [string, string])[]): Promise<boolean[]>;
}

export async function startSql(): Promise<Sql> {
  const { pool } = await createTestDatabase();
  return {
    async evaluate(expression, documents) {
      // A materialised row source, so that the expression reads a column as it does in a migration.
      const { rows } = await pool.query<{ result: string | null }>(
        `WITH record AS MATERIALIZED (SELECT n, text::jsonb AS document FROM unnest($1::text[]) WITH ORDINALITY AS t (text, n))
         SELECT (${expression})::text AS result FROM record ORDER BY n`,
        [documents],
      );
      return rows.map(({ result }) => result ?? undefined);
    },
    async equal(pairs) {
      const { rows } = await pool.query<{ same: boolean }>(
        'SELECT a::jsonb = b::jsonb AS same FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (a, b, n) ORDER BY n',
        [pairs.map(([a]) => a), pairs.map(([, b]) => b)],
      );
      return rows.map(({ same }) => same);
    },
  };
}
