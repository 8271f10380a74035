import { DatabaseError } from 'pg';
import { readUnvalidated, saveUnvalidated } from '../databases/postgres/ledger.ts';
import { type Unvalidated, validateReference } from '../databases/postgres/references.ts';
import { isTransient, StepFailed } from '../errors.ts';
import { patiently } from '../patiently.ts';
import type { Work } from '../work.ts';

/**
 * Looks at the rows of the foreign keys that the swap added again, after it, while everybody reads and writes. Returns those that
 * could not be validated: they hold for every row written since, and a person may look into the older ones.
 */
export async function validateReferences(work: Work): Promise<readonly Unvalidated[]> {
  const { client, run } = work;
  const unvalidated = await readUnvalidated(client, run.id);
  const refused: Unvalidated[] = [];
  for (const reference of unvalidated) {
    await work.progress.report({}, `validating the foreign key ${reference.name}`);
    try {
      await patiently(work, () => validateReference(client, reference));
    } catch (error) {
      if (!(error instanceof StepFailed) && (isTransient(error) || !(error instanceof DatabaseError))) throw error;
      refused.push(reference);
    }
  }
  if (unvalidated.length > 0) await saveUnvalidated(client, run.id, []);
  return refused;
}
