import { Client } from 'pg';
import { claimSql } from '../../test/support/claims.ts';

/** Claims of the old version, each document about 400 characters of JSON. */
export async function createRecords(url: string, records: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE TABLE claims (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document jsonb NOT NULL,
      region text NOT NULL DEFAULT 'north', created timestamptz DEFAULT now())`);
    await client.query(
      `INSERT INTO claims (document) SELECT ${claimSql('n')} || jsonb_build_object('note', repeat(md5(n::text), 10))
       FROM generate_series(1, $1::int) AS n`,
      [records],
    );
    await client.query('VACUUM (ANALYZE) claims');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
