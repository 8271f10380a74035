import type { Client } from 'pg';
import {
  countQuarantined,
  dropQuarantine,
  hasQuarantine,
  restoreQuarantined,
  strayRows,
} from './databases/postgres/quarantine.ts';
import type { Relation } from './databases/postgres/relation.ts';
import { isRow, readTable } from './databases/postgres/table.ts';
import { hasTruncation } from './databases/postgres/verify.ts';
import { StepFailed } from './errors.ts';
import { patiently } from './patiently.ts';
import { catchUp } from './steps/carry-over.ts';
import { forwardOf, type Work } from './work.ts';

/** Counts what was set aside, shows it, and throws `StepFailed` when it is more than was approved. */
export async function checkQuarantine(work: Work): Promise<void> {
  if (work.plan.options.invalid.action === 'stop') return;
  await work.progress.report({ setAside: await countQuarantined(work.client, work.names.quarantine) });
  await checkLimit(work);
}

/** The same without showing it: under a lock nobody waits for the registry. */
export async function checkLimit({ client, names, plan, progress }: Work): Promise<void> {
  const { invalid } = plan.options;
  if (invalid.action !== 'quarantine') return;
  const count = await countQuarantined(client, names.quarantine);
  const { total, records } = progress.figures;
  const { most, unit } = invalid;
  if (count <= (unit === 'records' ? most : (Math.max(total, records) * most) / 100)) return;
  throw new StepFailed(
    'too-many-invalid',
    `${count} records would not be valid under the new version; ${most}${unit === 'percent' ? ' %' : ''} may be set aside.`,
    'Correct the records or the migration file, or have a higher limit approved, and merge again.',
  );
}

/** What was set aside must be exactly what the old table still holds. Throws `StepFailed` where it is not. */
export async function verifyQuarantine(work: Work): Promise<void> {
  const crossing = forwardOf(work);
  const { aside } = crossing;
  if (aside === undefined) return;
  await checkQuarantine(work);
  const { client, names, table } = work;
  const [stray] = await patiently(work, () =>
    strayRows(client, { ...crossing, quarantine: aside.table, keep: aside.keep }, names.log),
  );
  if (stray === undefined) return;
  // While the log says that the table was emptied, a comparison means nothing.
  if (await hasTruncation(client, table.key, names.log)) {
    await catchUp(work);
    return verifyQuarantine(work);
  }
  throw new StepFailed(
    'record-differs',
    `The record ${stray} was set aside, but not as it is in the table.`,
    'Nothing was changed. Please report it: the copy and the application disagree about this record.',
  );
}

/**
 * In the transaction of the swap back: every record that was set aside is in the old table again. Where another has its key by
 * now, it stays in the quarantine.
 */
export async function emptyQuarantine(
  { names, table, plan }: Pick<Work, 'names' | 'table' | 'plan'>,
  client: Client,
  old: Relation,
): Promise<void> {
  if (!(await hasQuarantine(client, names.quarantine))) return;
  const keeps = plan.options.invalid.action === 'keep';
  // Where the columns are the properties, those of the table in use are not those of the old one.
  const layout = isRow(table) ? { ...table, columns: (await readTable(client, old))?.columns ?? [] } : table;
  const left = keeps ? 0 : await restoreQuarantined(client, layout, names.quarantine, old);
  if (left === 0) await dropQuarantine(client, names.quarantine);
}

/** In the transaction that drops the old table: what is still set aside stays, as the only place where it is. */
export async function releaseQuarantine({ names, plan }: Pick<Work, 'names' | 'plan'>, client: Client): Promise<void> {
  if (!(await hasQuarantine(client, names.quarantine))) return;
  const isSpare = plan.options.invalid.action === 'keep' || (await countQuarantined(client, names.quarantine)) === 0;
  if (isSpare) await dropQuarantine(client, names.quarantine);
}
