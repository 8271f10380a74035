import type { Node } from 'libpg-query';

/** The columns that a condition proves not null: `a IS NOT NULL`, alone or joined by AND. */
export function provenColumns(condition: Node | undefined): string[] {
  if (condition === undefined) return [];
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR') {
    return (condition.BoolExpr.args ?? []).flatMap(provenColumns);
  }
  if (!('NullTest' in condition) || condition.NullTest.nulltesttype !== 'IS_NOT_NULL') return [];
  const { arg } = condition.NullTest;
  const last = arg !== undefined && 'ColumnRef' in arg ? arg.ColumnRef.fields?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? [last.String.sval ?? ''] : [];
}
