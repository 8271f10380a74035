import { Client } from 'pg';
import { backfill } from '../../runner/steps/backfill.ts';
import { finishTable } from '../../runner/steps/finish-table.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import { verify } from '../../runner/steps/verify.ts';
import type { Work } from '../../runner/work.ts';
import type { Stage } from './stage.ts';

const batch = 5_000;

export interface Copies {
  readonly reference_rows_per_s: number;
  readonly sql_rows_per_s: number;
  readonly sql_ratio: number;
  /** Verification of all rows, beside the reference. */
  readonly verify_ratio: number;
}

/** The same records copied by plain SQL, and by Sluice: with every record validated and every batch safe to take up again. */
export async function measureCopies(stage: Stage, records: number, say: (what: string) => void): Promise<Copies> {
  say('copying with Sluice');
  const work = await stage.begin(await stage.database());
  try {
    await makeShadow(work);
    await startCapture(work);
    const copied = await perSecond(records, () => backfill(work));
    say('copying with plain SQL');
    const reference = await copyPlainly(stage, work, records);
    await finishTable(work);
    say('verifying');
    const verified = await perSecond(records, () => verify(work));
    return {
      reference_rows_per_s: Math.round(reference),
      sql_rows_per_s: Math.round(copied),
      sql_ratio: ratio(copied, reference),
      verify_ratio: ratio(verified, reference),
    };
  } finally {
    await work.client.end();
  }
}

/** `INSERT … SELECT` of the same transform in batches with a commit and a checkpoint each, on one connection; nothing is validated. */
async function copyPlainly(stage: Stage, { plan }: Work, records: number): Promise<number> {
  const client = new Client({ connectionString: await stage.database() });
  await client.connect();
  try {
    await client.query('CREATE TABLE copy (LIKE claims INCLUDING ALL)');
    await client.query('CREATE TABLE checkpoint (id bigint NOT NULL)');
    await client.query('INSERT INTO checkpoint VALUES (0)');
    return await perSecond(records, async () => {
      for (let from = 0; from < records; from += batch) {
        await client.query('BEGIN');
        await client.query(
          `INSERT INTO copy (id, document, region, created) OVERRIDING SYSTEM VALUE
           SELECT id, ${plan.forward.toSql('document')}, region, created FROM claims
           WHERE id > $1 AND id <= $2 ON CONFLICT DO NOTHING`,
          [from, from + batch],
        );
        await client.query('UPDATE checkpoint SET id = $1', [from + batch]);
        await client.query('COMMIT');
      }
    });
  } finally {
    await client.end();
  }
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1000;
}

function ratio(part: number, whole: number): number {
  return Math.round((part / whole) * 100) / 100;
}
