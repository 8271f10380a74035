import type { Client } from 'pg';
import { conditionKind } from '../core/approval/condition.ts';
import { parsePointer } from '../core/schema/pointer.ts';
import { conditionsOfApproval } from '../registry/conditions.ts';
import type { Database } from '../registry/database.ts';
import type { Run } from '../registry/runs/run.ts';
import { countRecordsWithout } from './databases/postgres/records-without.ts';
import type { RecordTable } from './databases/postgres/table.ts';
import { StepFailed } from './errors.ts';

/**
 * Checks the conditions of the approval that records answer, on the table of a run: whoever said that they are met may have been wrong, and
 * records may have come since. Writes nothing. Throws `StepFailed` with all that are not met.
 */
export async function checkConditions(registry: Database, client: Client, run: Run, table: RecordTable): Promise<void> {
  const unmet: string[] = [];
  for (const words of await conditionsOfApproval(registry, run)) {
    const condition = conditionKind(words);
    if (condition.kind !== 'no-records-without') continue;
    if (condition.schema !== undefined && condition.schema !== run.schema) continue;
    const count = await countRecordsWithout(client, table, parsePointer(condition.pointer));
    if (count > 0) unmet.push(`${count} records are without \`${condition.pointer}\``);
  }
  if (unmet.length === 0) return;
  throw new StepFailed(
    'condition-not-met',
    `The approval has a condition that is not met: ${unmet.join(', ')}.`,
    'Mend these records (`/sluice reanalyse` lists them on the pull request) and order the run again, or have it approved under other conditions.',
  );
}
