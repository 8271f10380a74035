import type { Client } from 'pg';
import { recordsOfNoMatter } from '../core/configuration/approval-policy.ts';
import { countOf, formatCount } from '../core/rendering/numbers.ts';
import type { Database } from '../registry/database.ts';
import { noteCountAtStart, readCount } from '../registry/record-counts.ts';
import type { Run } from '../registry/runs/run.ts';
import { countRecords, type Table } from './databases/postgres/table.ts';
import { StepFailed } from './errors.ts';

/**
 * Refuses a run whose table holds many more or many fewer records than when it was approved: whoever approved looked at something else.
 * Nothing was counted then, or it only rehearses: nothing to compare. Writes nothing to the table's database.
 */
export async function checkRecordCount(registry: Database, client: Client, run: Run, table: Table): Promise<void> {
  const { repository, pullRequest, path, fingerprint } = run;
  if (run.dryRun === true || fingerprint === undefined) return;
  const approved = await readCount(registry, { repository, pullRequest, path, fingerprint, moment: 'approved' });
  if (approved?.records === undefined) return;
  const now = await countRecords(client, table);
  const change = Math.abs(now - approved.records);
  if (change <= recordsOfNoMatter || change <= (approved.records * approved.threshold) / 100) return;
  await noteCountAtStart(registry, approved, now);
  throw new StepFailed(
    'record-count-changed',
    `The table held ${countOf(approved.records, 'record')} when the run was approved, and holds ${formatCount(now)} now.`,
    'Whoever may approve comments on the pull request: `/sluice reanalyse` counts again, `/sluice continue` runs it with as many, `/sluice cancel` leaves it.',
  );
}
