import type { Client } from 'pg';
import type { Operation } from '../core/migration/operation.ts';
import { renamedProperties } from '../core/migration/rows/renames.ts';
import { readRowSchema } from '../core/migration/rows/row-schema.ts';
import type { Json } from '../core/schema/json.ts';
import { parseSchema } from '../core/schema/parse.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import type { RunNames } from './databases/postgres/names.ts';
import type { Obstacle } from './databases/postgres/obstacle.ts';
import { qualified } from './databases/postgres/relation.ts';
import { type ColumnPlan, planColumns, type RowVersions } from './databases/postgres/rows/plan-columns.ts';
import { readRowColumns } from './databases/postgres/rows/read-columns.ts';
import { backwardRows, forwardRows, type RowCrossing } from './databases/postgres/rows/row-crossing.ts';
import { isRow, type RecordTable, readTable } from './databases/postgres/table.ts';
import { StepFailed } from './errors.ts';
import type { RunPlan } from './plan.ts';

/** A run over a table whose columns are the properties. */
export interface RowsOfRun {
  readonly plan: ColumnPlan;
  readonly forward: RowCrossing;
  readonly back: RowCrossing;
}

/** What the two versions of an order say of columns, or why they cannot say it. */
export function rowVersionsOf(
  order: Pick<RunOrder, 'path' | 'previousPath' | 'oldText' | 'newText'>,
  { migration }: Pick<RunPlan, 'migration'>,
): RowVersions | { readonly obstacles: readonly Obstacle[] } {
  const before = parseSchema({ path: order.previousPath ?? order.path, text: order.oldText }).value;
  return rowVersionsBetween(before, parseSchema({ path: order.path, text: order.newText }).value, migration.transform);
}

/** The same of two schemas, and of the operations between them. */
export function rowVersionsBetween(
  old: Json,
  next: Json,
  transform: readonly Operation[],
): RowVersions | { readonly obstacles: readonly Obstacle[] } {
  const [before, after] = [readRowSchema(old), readRowSchema(next)];
  if ('properties' in before && 'properties' in after) {
    return { old: before.properties, new: after.properties, renamed: renamedProperties(transform) };
  }
  const told = (side: typeof before, version: string) =>
    ('problems' in side ? side.problems : []).map((problem) => ({
      problem: `In the ${version} version ${problem}`,
      remedy: 'Where columns are the properties, all of them have to be in `properties` of the schema itself.',
    }));
  return { obstacles: [...told(before, 'old'), ...told(after, 'new')] };
}

/**
 * The plan of columns, made anew from the old table, wherever that is: in its place, or beside the new one once the two are swapped.
 * Undefined: the records are documents, or the old table is gone, or is not what it was when the run began.
 */
export async function readRows(
  client: Client,
  run: Pick<RunOrder, 'path' | 'previousPath' | 'oldText' | 'newText'>,
  { plan, table, names }: { readonly plan: RunPlan; readonly table: RecordTable; readonly names: RunNames },
): Promise<RowsOfRun | undefined> {
  if (!isRow(table)) return undefined;
  const old = (await readTable(client, { schema: names.oldSchema, name: table.name })) ?? table;
  const versions = rowVersionsOf(run, plan);
  if ('obstacles' in versions) return undefined;
  const planned = planColumns(
    await readRowColumns(client, old),
    table.key.map(({ name }) => name),
    versions,
  );
  if ('obstacles' in planned) return undefined;
  return {
    plan: planned.plan,
    forward: forwardRows(planned.plan, names.asRow),
    back: backwardRows(planned.plan, names.asRow),
  };
}

/** For a step that cannot do without. */
export function mustHaveRows(rows: RowsOfRun | undefined, table: RecordTable): RowsOfRun | undefined {
  if (rows !== undefined || !isRow(table)) return rows;
  throw new StepFailed(
    'table-gone',
    `The columns of ${qualified(table)} are not what they were when the run began.`,
    'Do not drop or alter the table during a run.',
  );
}
