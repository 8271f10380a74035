import type { Node } from 'libpg-query';
import { nodesIn } from './action/walk.ts';

/** Whether a WHERE clause picks at most a few rows: a key compared with constants, as `id = 7` or `code IN ('a', 'b')`. */
export function isOneRow(where: Node | undefined): boolean {
  return conditions(where).some((condition) => {
    if (!('A_Expr' in condition)) return false;
    const { kind, name, lexpr, rexpr } = condition.A_Expr;
    const operator = name?.[0];
    if (operator === undefined || !('String' in operator) || operator.String.sval !== '=') return false;
    if (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN') return false;
    const last = lexpr !== undefined && 'ColumnRef' in lexpr ? lexpr.ColumnRef.fields?.at(-1) : undefined;
    if (last === undefined || !('String' in last) || rexpr === undefined) return false;
    if (!/^(id|uuid|key|code|slug|name|email)$|_(id|uuid|key)$/.test(last.String.sval ?? '')) return false;
    return ![...nodesIn(rexpr)].some((node) => 'ColumnRef' in node || 'SubLink' in node);
  });
}

/** Whether a WHERE clause bounds how many rows are touched: a LIMIT inside, a range of a column, or a few rows. */
export function isBounded(where: Node | undefined): boolean {
  if (where === undefined) return false;
  if (isOneRow(where)) return true;
  const ends = { below: false, above: false };
  for (const node of conditions(where)) {
    if (!('A_Expr' in node)) continue;
    if (node.A_Expr.kind === 'AEXPR_BETWEEN') return true;
    const operator = node.A_Expr.name?.[0];
    const sign = operator !== undefined && 'String' in operator ? operator.String.sval : undefined;
    if (sign === '<' || sign === '<=') ends.below = true;
    if (sign === '>' || sign === '>=') ends.above = true;
  }
  if (ends.below && ends.above) return true;
  return [...nodesIn(where)].some((node) => 'SelectStmt' in node && node.SelectStmt.limitCount !== undefined);
}

/** The parts joined by AND. */
function conditions(where: Node | undefined): Node[] {
  if (where === undefined) return [];
  if ('BoolExpr' in where && where.BoolExpr.boolop === 'AND_EXPR')
    return (where.BoolExpr.args ?? []).flatMap(conditions);
  return [where];
}
