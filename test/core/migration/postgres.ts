import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../../registry/embedded.ts';

/** A real server for tests of what SQL expressions give. Every document travels as JSON text, so nothing is rounded. */
export async function startSql(): Promise<{
  /** What the expression over column `document` gives for each document, as JSON text; undefined where it is NULL. */
  evaluate(expression: string, documents: readonly string[]): Promise<(string | undefined)[]>;
  /** Whether both texts are the same jsonb value. */
  equal(pairs: readonly (readonly [string, string])[]): Promise<boolean[]>;
  stop(): Promise<void>;
}> {
  const server = await startEmbeddedPostgres();
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE TEMPORARY TABLE record (id integer PRIMARY KEY, document jsonb)');
  return {
    async evaluate(expression, documents) {
      await client.query('TRUNCATE record');
      await client.query(
        'INSERT INTO record SELECT n, text::jsonb FROM unnest($1::text[]) WITH ORDINALITY AS t (text, n)',
        [documents],
      );
      const { rows } = await client.query<{ result: string | null }>(
        `SELECT (${expression})::text AS result FROM record ORDER BY id`,
      );
      return rows.map(({ result }) => result ?? undefined);
    },
    async equal(pairs) {
      const { rows } = await client.query<{ same: boolean }>(
        'SELECT a::jsonb = b::jsonb AS same FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (a, b, n) ORDER BY n',
        [pairs.map(([a]) => a), pairs.map(([, b]) => b)],
      );
      return rows.map(({ same }) => same);
    },
    async stop() {
      await client.end();
      await server.stop();
    },
  };
}
