import type { Client } from 'pg';
import {
  countQuarantined,
  dropQuarantine,
  hasQuarantine,
  restoreQuarantined,
  strayRows,
} from './databases/postgres/quarantine.ts';
import type { Relation } from './databases/postgres/relation.ts';
import { StepFailed } from './errors.ts';
import { patiently } from './patiently.ts';
import { forwardOf, type Work } from './work.ts';

/** Counts what was set aside, shows it, and throws `StepFailed` when it is more than was approved. */
export async function checkQuarantine(work: Work): Promise<void> {
  const { client, names, plan, progress } = work;
  const { invalid } = plan.options;
  if (invalid.action === 'stop') return;
  const count = await countQuarantined(client, names.quarantine);
  const { total, records } = progress.figures;
  await progress.report({ setAside: count });
  if (invalid.action === 'keep') return;
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
  const [stray] = await patiently(work, () =>
    strayRows(work.client, { ...crossing, quarantine: aside.table, keep: aside.keep }, work.names.log),
  );
  if (stray === undefined) return;
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
  const left = keeps ? 0 : await restoreQuarantined(client, table, names.quarantine, old);
  if (left === 0) await dropQuarantine(client, names.quarantine);
}

/** In the transaction that drops the old table: what is still set aside stays, as the only place where it is. */
export async function releaseQuarantine({ names, plan }: Pick<Work, 'names' | 'plan'>, client: Client): Promise<void> {
  if (!(await hasQuarantine(client, names.quarantine))) return;
  const isSpare = plan.options.invalid.action === 'keep' || (await countQuarantined(client, names.quarantine)) === 0;
  if (isSpare) await dropQuarantine(client, names.quarantine);
}
