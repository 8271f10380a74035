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
  readonly script_rows_per_s: number;
  readonly sql_ratio: number;
  readonly script_ratio: number;
  /** Verification of all rows, beside the reference. */
  readonly verify_ratio: number;
}

/** The same records copied by plain SQL, and by Sluice: with every record validated and every batch safe to take up again. */
export async function measureCopies(stage: Stage, records: number, say: (what: string) => void): Promise<Copies> {
  say('copying with Sluice through a script');
  const scripted = await copyScripted(stage, records);
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
      script_rows_per_s: Math.round(scripted),
      sql_ratio: ratio(copied, reference),
      script_ratio: ratio(scripted, reference),
      verify_ratio: ratio(verified, reference),
    };
  } finally {
    await work.client.end();
  }
}

/** The same change as a script: no operation of the database does a part of it. */
const script = `export function transformRecord(record) {
  return { ...record, claim_amount: Number(record.claim_amount), policy_number: record.policy_number ?? 'UNKNOWN' };
}`;

async function copyScripted(stage: Stage, records: number): Promise<number> {
  const work = await stage.begin(await stage.database(), {}, undefined, {
    migrationText: 'from: 2.8.0\nto: 3.0.0\nscript: { file: 3.0.0.js }\n',
    files: { old: {}, new: { 'migrations/claim/3.0.0.js': script } },
  });
  try {
    await makeShadow(work);
    await startCapture(work);
    return await perSecond(records, () => backfill(work));
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
