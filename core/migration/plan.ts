import { isObject, own } from '../schema/json.ts';
import { invertTransform } from './inverse.ts';
import type { Migration } from './migration.ts';
import type { Operation } from './operation.ts';
import { walk } from './placeholder.ts';
import type { MigrationProof } from './prove.ts';
import { describeOptions } from './run-options.ts';
import { describeScript, type MigrationScript, scriptLoss } from './script.ts';
import { type RunState, stateTable } from './states.ts';

/** What a migration will do and what can be undone when, before anything is touched. */
export interface MigrationPlan {
  readonly operations: readonly PlannedOperation[];
  readonly steps: readonly PlannedStep[];
  /** What must hold of the records besides; checked on all of them before cutover, and the run stops otherwise. */
  readonly preconditions: readonly string[];
  /** What may go wrong or cannot be proved, in sentences, apart from preconditions and losses. */
  readonly risks: readonly string[];
  /** What a roll back cannot give back of records written after the cutover; all others come back from the old table. */
  readonly losses: readonly string[];
  /** What only a person or a database can tell. */
  readonly gaps: readonly string[];
}

export interface PlannedOperation {
  readonly summary: string;
  /** What the operation takes for granted of the records, unless the old version promises it. */
  readonly requires?: string;
  readonly loses?: string;
}

export interface PlannedStep {
  readonly state: RunState;
  readonly does: string;
  /** How a run is undone that is in this step; undefined: it cannot be any more. */
  readonly undo?: string;
}

const computed =
  'An SQL expression is computed by the database alone: nothing is proved of it, and a record that it fails for stops the run.';

function scripted({ hosts, timeout, memory }: MigrationScript): string {
  const reach =
    hosts.length === 0 ? 'no network' : `no network but ${hosts.join(', ')}, which must answer the same twice`;
  return `A script is code: nothing is proved of it. It gets ${timeout} ms a record, ${memory} MB and ${reach}, and must make the same of the same record each time.`;
}

/** Whether an operation has an SQL expression, or one inside it has. */
function isComputed({ source }: Operation): boolean {
  return [...walk(source)].some(
    ({ value }) => isObject(value) && typeof own(value, 'sql') === 'string' && Object.hasOwn(value, 'at'),
  );
}

const dropped = 'drop what was made; the old table was never touched';
const undo: { readonly [S in RunState]?: string | undefined } = {
  prechecking: 'nothing to undo',
  shadowing: dropped,
  capturing: dropped,
  backfilling: dropped,
  verifying: dropped,
  'cutting-over': dropped,
  reversing: 'swap back to the old table, which has everything written since',
  completing: undefined,
};

/** `gaps`: of the proposal, where there is one. */
export function planMigration(
  { transform: operations, script, options }: Pick<Migration, 'transform' | 'script' | 'options'>,
  proof: MigrationProof | undefined,
  gaps: readonly string[] = [],
): MigrationPlan {
  const { losses } = invertTransform(operations);
  // Without a proof nothing is known of what the old version promises, so all of it counts.
  const preconditions =
    proof?.result === 'proved' ? proof.preconditions : operations.flatMap(({ accepts }) => accepts?.statement ?? []);
  return {
    operations: [
      ...operations.map(({ summary, accepts, inverse }) => ({
        summary,
        ...(accepts && preconditions.includes(accepts.statement) ? { requires: accepts.statement } : {}),
        ...('loses' in inverse ? { loses: inverse.loses } : {}),
      })),
      ...(script ? [{ summary: describeScript(script), loses: scriptLoss(script) }] : []),
    ],
    steps: (Object.keys(undo) as RunState[]).map((state) => {
      const way = undo[state];
      return { state, does: stateTable[state].meaning, ...(way === undefined ? {} : { undo: way }) };
    }),
    preconditions,
    risks: [
      ...(operations.some(isComputed) ? [computed] : []),
      ...(script ? [scripted(script)] : []),
      ...(options ? describeOptions(options) : []),
    ],
    losses: script ? [...losses, scriptLoss(script)] : losses,
    gaps,
  };
}
