import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { table, withoutPolicy } from './claims.ts';

/** The application whose table is migrated: it knows nothing of Sluice and keeps on writing. */
export interface Application {
  /** Stops writing and says what was done. */
  stop(): Promise<{ writes: number; slowestMs: number; errors: readonly string[] }>;
}

/** Statuses change one after the other, and each change is noted in the same transaction, so that a lost one would show. */
export async function startApplication(pool: Pool, records: number): Promise<Application> {
  await pool.query('CREATE TABLE noted (seq bigint GENERATED ALWAYS AS IDENTITY, id bigint, status text)');
  const errors: string[] = [];
  let writes = 0;
  let slowestMs = 0;
  const stopped = new AbortController();

  const write = async (): Promise<void> => {
    const id = 1 + Math.floor(Math.random() * records);
    const status = ['open', 'in review', 'paid', 'refused'][writes % 4];
    const begun = performance.now();
    await pool.query(
      `WITH written AS (
         UPDATE ${table} SET claim = jsonb_set(claim, '{status}', to_jsonb($2::text)) WHERE id = $1 RETURNING id)
       INSERT INTO noted (id, status) SELECT id, $2 FROM written`,
      [id, status],
    );
    slowestMs = Math.max(slowestMs, performance.now() - begun);
    writes += 1;
  };

  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await write().catch((error: Error) => errors.push(error.message));
      await sleep(2);
    }
  })();

  return {
    async stop() {
      stopped.abort();
      await loop;
      return { writes, slowestMs, errors };
    },
  };
}

/** Counts what must be 0 after the migration, straight from the tables. */
export async function countFaults(pool: Pool, records: number): Promise<Record<string, number>> {
  const { rows } = await pool.query<Record<string, string>>(
    `WITH last AS (SELECT DISTINCT ON (id) id, status FROM noted ORDER BY id, seq DESC)
     SELECT abs($1 - count(*)) AS "records lost or doubled",
            count(*) FILTER (WHERE jsonb_typeof(claim -> 'claim_amount') IS DISTINCT FROM 'number') AS "amounts that are no number",
            count(*) FILTER (WHERE NOT claim ? 'policy_number') AS "claims without a policy",
            abs($2 - count(*) FILTER (WHERE claim ->> 'policy_number' = 'UNASSIGNED')) AS "policies assigned wrongly",
            count(*) FILTER (WHERE claim ->> 'claim_amount' <> to_char((id * 7919 % 1000000) / 100.0, 'FM9999990.00')) AS "amounts that changed",
            count(*) FILTER (WHERE last.status IS DISTINCT FROM claim ->> 'status' AND last.id IS NOT NULL) AS "writes lost"
     FROM ${table} LEFT JOIN last USING (id)`,
    [records, withoutPolicy],
  );
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, count]) => [name, Number(count)]));
}
