import { DatabaseError } from 'pg';
import { applyLog } from '../databases/postgres/apply.ts';
import { patiently } from '../patiently.ts';
import { fenceOf, forwardOf, type Work } from '../work.ts';

/** Keys in one transaction, while the copy goes on beside. */
export const portion = 5000;

/** Carries over up to `limit` keys of what the application wrote (all: null). Returns how many there were. */
export async function carryOver(work: Work, limit: number | null = portion): Promise<number> {
  const { client, names, progress } = work;
  const taken = await patiently(work, async () => {
    try {
      return await applyLog(client, fenceOf(work), forwardOf(work), names.log, limit);
    } catch (error) {
      // Two rows have swapped a unique value and only one of them was in this portion: together they fit.
      if (!(error instanceof DatabaseError) || error.code !== '23505' || limit === null) throw error;
      return applyLog(client, fenceOf(work), forwardOf(work), names.log, null);
    }
  });
  if (taken > 0) await progress.report({ captured: progress.figures.captured + taken });
  return taken;
}

/** Carries over until little is left. */
export async function catchUp(work: Work): Promise<void> {
  let taken = await carryOver(work);
  while (taken >= portion / 10) taken = await carryOver(work);
}
