import { applyLog } from '../databases/postgres/apply.ts';
import { vacuumLog } from '../databases/postgres/vacuum.ts';
import { patiently } from '../patiently.ts';
import { fenceOf, forwardOf, type Work } from '../work.ts';

/** Keys in one transaction, while the copy goes on beside. */
export const portion = 5000;

/** Entries after which the log is cleared of what was taken from it. */
const vacuumEvery = 20_000;

/** Carries over up to `limit` keys of what the application wrote (all: null). Returns how many there were. */
export async function carryOver(work: Work, limit: number | null = portion): Promise<number> {
  const { client, names, progress } = work;
  const taken = await patiently(work, () => applyLog(client, fenceOf(work), forwardOf(work), names.log, limit));
  if (taken === 0) return 0;
  const before = progress.figures.captured;
  await progress.report({ captured: before + taken });
  if (Math.floor(before / vacuumEvery) !== Math.floor((before + taken) / vacuumEvery)) {
    await patiently(work, () => vacuumLog(client, names.log));
  }
  return taken;
}

/** Carries over until little is left. */
export async function catchUp(work: Work): Promise<void> {
  let taken = await carryOver(work);
  while (taken >= portion / 10) taken = await carryOver(work);
}
