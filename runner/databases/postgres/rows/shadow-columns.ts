import type { Client } from 'pg';
import { quoteText } from '../../../../core/migration/sql-literal.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { quoted } from '../relation.ts';
import type { ColumnPlan, PlannedColumn } from './plan-columns.ts';
import { renames } from './row-crossing.ts';

/** Gives an empty copy of the table the columns of the new version. In the caller's transaction. */
export async function alterColumns(client: Client, shadow: string, plan: ColumnPlan): Promise<void> {
  for (const action of [
    ...plan.dropped.map((name) => `DROP COLUMN ${quoted(name)}`),
    ...plan.columns.flatMap((column) => actionsOf(column, plan)),
  ]) {
    await client.query(`ALTER TABLE ${shadow} ${action}`);
  }
}

function actionsOf(column: PlannedColumn, { old }: ColumnPlan): string[] {
  const name = quoted(column.name);
  const before = old.find((each) => each.name === column.from);
  const value = column.default === undefined ? [] : [`ALTER ${name} SET DEFAULT ${defaultSql(column, column.default)}`];
  if (before === undefined) {
    return [`ADD COLUMN ${name} ${column.type}${column.notNull ? ' NOT NULL' : ''}`, ...value];
  }
  return [
    ...(before.name === column.name ? [] : [`RENAME COLUMN ${quoted(before.name)} TO ${name}`]),
    ...(column.change === 'retyped'
      ? [`ALTER ${name} DROP DEFAULT`, `ALTER ${name} TYPE ${column.type} USING NULL`, ...value]
      : []),
    ...(before.notNull === column.notNull ? [] : [`ALTER ${name} ${column.notNull ? 'SET' : 'DROP'} NOT NULL`]),
  ];
}

function defaultSql({ type, columnClass }: PlannedColumn, value: Json): string {
  const text = columnClass === 'document' || typeof value !== 'string' ? JSON.stringify(value) : value;
  return `${quoteText(text)}::${type}`;
}

/** While something is done by the names that columns have in the old table, they have them in the new one. */
export async function underOldNames<T>(
  client: Client,
  shadow: string,
  plan: ColumnPlan | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const names = plan === undefined ? [] : renames(plan);
  for (const { old, now } of names) {
    await client.query(`ALTER TABLE ${shadow} RENAME COLUMN ${quoted(now)} TO ${quoted(old)}`);
  }
  const result = await work();
  for (const { old, now } of names) {
    await client.query(`ALTER TABLE ${shadow} RENAME COLUMN ${quoted(old)} TO ${quoted(now)}`);
  }
  return result;
}
