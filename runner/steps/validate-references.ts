import { readUnvalidated, saveUnvalidated } from '../databases/postgres/ledger.ts';
import { validateReference } from '../databases/postgres/references.ts';
import { patiently } from '../patiently.ts';
import type { Work } from '../work.ts';

/** Looks at the rows of the foreign keys that the swap added again, after it, while everybody reads and writes. */
export async function validateReferences(work: Work): Promise<void> {
  const { client, run } = work;
  const unvalidated = await readUnvalidated(client, run.id);
  for (const reference of unvalidated) {
    await work.progress.report({}, `validating the foreign key ${reference.name}`);
    await patiently(work, () => validateReference(client, reference));
  }
  if (unvalidated.length > 0) await saveUnvalidated(client, run.id, []);
}
