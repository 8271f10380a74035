import type { Relation } from './relation.ts';

/** Home of everything that is not a table of the user's: ledger, key logs, trigger functions. */
export const runnerSchema = 'sluice_runner';

/**
 * What a run makes. The shadow table has the name of the table it will replace, in a schema of the run's own; the swap moves
 * the two between schemas. So indexes, constraints and sequences keep their names, whatever their length.
 */
export interface RunNames {
  readonly shadowSchema: string;
  readonly oldSchema: string;
  readonly log: Relation;
  readonly backLog: Relation;
  /** Records that were set aside, where the migration allows it. */
  readonly quarantine: Relation;
  /** Of a json column: keeps the order of members. */
  readonly inOrder: Relation;
  /** Where columns are properties: makes a row of a record. */
  readonly asRow: Relation;
  readonly captureFunction: Relation;
  readonly backFunction: Relation;
  /** Common beginning of the triggers on the old table, and on the new one. */
  readonly captureTrigger: string;
  readonly backTrigger: string;
}

export function namesOf(runId: string): RunNames {
  return {
    shadowSchema: `sluice_${runId}_new`,
    oldSchema: `sluice_${runId}_old`,
    log: { schema: runnerSchema, name: `log_${runId}` },
    backLog: { schema: runnerSchema, name: `back_${runId}` },
    quarantine: { schema: runnerSchema, name: `quarantine_${runId}` },
    inOrder: { schema: runnerSchema, name: `in_order_${runId}` },
    asRow: { schema: runnerSchema, name: `as_row_${runId}` },
    captureFunction: { schema: runnerSchema, name: `capture_${runId}` },
    backFunction: { schema: runnerSchema, name: `capture_back_${runId}` },
    captureTrigger: `sluice_${runId}`,
    backTrigger: `sluice_back_${runId}`,
  };
}
