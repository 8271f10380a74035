import type { Client } from 'pg';
import { readPlan } from '../../runner/plan.ts';
import { claimOrder } from '../../test/support/claims.ts';

/**
 * Records per second of the same transform in SQL alone, as somebody would write it by hand: batches of 5,000 in key order, a commit
 * and a checkpoint row each. Nothing is validated and nobody may write meanwhile.
 */
export async function measureReference(client: Client): Promise<number> {
  const { forward } = await readPlan(claimOrder());
  await client.query('CREATE TABLE reference_new (LIKE claims INCLUDING ALL)');
  await client.query('CREATE TABLE reference_checkpoint (id bigint)');
  await client.query('INSERT INTO reference_checkpoint VALUES (0)');
  const began = performance.now();
  let records = 0;
  for (let after = '0'; ; ) {
    await client.query('BEGIN');
    const { rows } = await client.query<{ last: string | null; n: number }>(
      `WITH page AS (SELECT * FROM claims WHERE id > $1 ORDER BY id LIMIT 5000),
         moved AS (INSERT INTO reference_new SELECT id, ${forward.toSql('page.document')}, region, created FROM page
           ON CONFLICT DO NOTHING)
       SELECT max(id)::text AS last, count(*)::int AS n FROM page`,
      [after],
    );
    const [page] = rows;
    if (page === undefined || page.last === null) {
      await client.query('COMMIT');
      break;
    }
    await client.query('UPDATE reference_checkpoint SET id = $1', [page.last]);
    await client.query('COMMIT');
    records += page.n;
    after = page.last;
  }
  const seconds = (performance.now() - began) / 1000;
  await client.query('DROP TABLE reference_new, reference_checkpoint');
  return records / seconds;
}
