import type { CmdType, MergeStmt, Node, SelectStmt, VariableSetStmt } from 'libpg-query';
import type { Action } from './action.ts';
import { nameOfRange } from './name.ts';
import { nodesIn } from './walk.ts';

/** Writes of a statement, those in WITH clauses included; undefined when the statement is none of these. */
export function readWrites(node: Node): Action[] | undefined {
  if (!('UpdateStmt' in node || 'DeleteStmt' in node || 'InsertStmt' in node || 'MergeStmt' in node)) {
    if (!('SelectStmt' in node)) return undefined;
    const writes = inner(node);
    const settings = setConfigs(node.SelectStmt);
    return [
      ...settings,
      ...writes,
      ...(writes.length + settings.length === 0 ? [{ kind: 'query', reads: hasFrom(node) } as const] : []),
    ];
  }
  return inner(node);
}

function inner(root: Node): Action[] {
  const writes: Action[] = [];
  for (const node of nodesIn(root)) {
    if ('UpdateStmt' in node) {
      const { relation, whereClause, targetList, fromClause } = node.UpdateStmt;
      const assigns = (targetList ?? []).flatMap((target) =>
        'ResTarget' in target ? [target.ResTarget.name ?? ''] : [],
      );
      const fromQuery = (fromClause ?? []).length > 0;
      writes.push({
        kind: 'write',
        verb: 'UPDATE',
        table: nameOfRange(relation),
        where: whereClause,
        assigns,
        fromQuery,
      });
    } else if ('DeleteStmt' in node) {
      const { relation, whereClause, usingClause } = node.DeleteStmt;
      const fromQuery = (usingClause ?? []).length > 0;
      writes.push({
        kind: 'write',
        verb: 'DELETE',
        table: nameOfRange(relation),
        where: whereClause,
        assigns: [],
        fromQuery,
      });
    } else if ('InsertStmt' in node) {
      const { relation, selectStmt } = node.InsertStmt;
      const select = selectStmt !== undefined && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined;
      const fromQuery = select !== undefined && select.valuesLists === undefined && select.fromClause !== undefined;
      writes.push({
        kind: 'write',
        verb: 'INSERT',
        table: nameOfRange(relation),
        where: undefined,
        assigns: [],
        fromQuery,
      });
    } else if ('MergeStmt' in node) {
      writes.push(...merged(node.MergeStmt));
    }
  }
  return writes;
}

/** What a MERGE does to rows that are there: it updates or deletes as many as match. */
function merged({ relation, joinCondition, sourceRelation, mergeWhenClauses = [] }: MergeStmt): Action[] {
  const clauses = mergeWhenClauses.flatMap((each) => ('MergeWhenClause' in each ? [each.MergeWhenClause] : []));
  const does = (command: CmdType): boolean => clauses.some(({ commandType }) => commandType === command);
  const isOfFew =
    sourceRelation !== undefined &&
    [...nodesIn(sourceRelation)].some((node) => 'SelectStmt' in node && node.SelectStmt.valuesLists !== undefined) &&
    clauses.every(({ matchKind }) => matchKind !== 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE');
  const verbs = [
    ...(does('CMD_DELETE') ? (['DELETE'] as const) : []),
    ...(does('CMD_UPDATE') && !isOfFew ? (['UPDATE'] as const) : []),
  ];
  const write = { kind: 'write', table: nameOfRange(relation), assigns: [], fromQuery: true } as const;
  if (verbs.length === 0) return [{ ...write, verb: 'MERGE', where: undefined }];
  return verbs.map((verb) => ({ ...write, verb, where: joinCondition }));
}

/** `SELECT set_config('lock_timeout', '2s', false)` is SET in other words; pg_dump writes it so. */
function setConfigs(select: SelectStmt): Action[] {
  return (select.targetList ?? []).flatMap((target): Action[] => {
    const call = 'ResTarget' in target ? target.ResTarget.val : undefined;
    if (call === undefined || !('FuncCall' in call)) return [];
    const last = call.FuncCall.funcname?.at(-1);
    if (last === undefined || !('String' in last) || last.String.sval !== 'set_config') return [];
    const [name, value, local] = (call.FuncCall.args ?? []).map((node) =>
      'A_Const' in node ? node.A_Const : undefined,
    );
    if (name?.sval?.sval === undefined) return [];
    return [{ kind: 'set', name: name.sval.sval, value: value?.sval?.sval, local: local?.boolval?.boolval === true }];
  });
}

export function readSet(statement: VariableSetStmt): Action[] {
  if (statement.kind === 'VAR_SET_MULTI') return [{ kind: 'other', node: 'VariableSetStmt' }];
  const [argument] = statement.args ?? [];
  const constant = argument !== undefined && 'A_Const' in argument ? argument.A_Const : undefined;
  const value =
    constant?.sval?.sval ??
    constant?.fval?.fval ??
    (constant?.ival === undefined ? undefined : String(constant.ival.ival ?? 0));
  return [
    {
      kind: 'set',
      name: (statement.name ?? '').toLowerCase(),
      value: statement.kind === 'VAR_SET_VALUE' ? value : undefined,
      local: statement.is_local === true,
    },
  ];
}

function hasFrom(root: Node): boolean {
  return [...nodesIn(root)].some((node) => 'SelectStmt' in node && (node.SelectStmt.fromClause ?? []).length > 0);
}
