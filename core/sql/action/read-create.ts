import type { CreateFunctionStmt, CreateStmt, IndexStmt } from 'libpg-query';
import type { Action } from './action.ts';
import { type Column, columnOf, constraintOf, type TableConstraint } from './definition.ts';
import { nameOfParts, nameOfRange } from './name.ts';

export function readCreateTable(statement: CreateStmt): Action {
  const columns: Column[] = [];
  const constraints: TableConstraint[] = [];
  let like = false;
  for (const node of [...(statement.tableElts ?? []), ...(statement.constraints ?? [])]) {
    if ('ColumnDef' in node) columns.push(columnOf(node.ColumnDef));
    else if ('Constraint' in node) {
      const constraint = constraintOf(node.Constraint);
      if (constraint !== undefined) constraints.push(constraint);
    } else if ('TableLikeClause' in node) like = true;
  }
  const parents = (statement.inhRelations ?? []).flatMap((node) =>
    'RangeVar' in node ? [nameOfRange(node.RangeVar)] : [],
  );
  const partition = statement.partbound !== undefined;
  const [parent] = parents;
  return {
    kind: 'create-table',
    table: nameOfRange(statement.relation),
    columns,
    constraints,
    ifNotExists: statement.if_not_exists === true,
    temporary: statement.relation?.relpersistence === 't',
    ...(partition && parent !== undefined ? { partitionOf: parent } : {}),
    inherits: partition ? [] : parents,
    derived: like || parents.length > 0 || statement.ofTypename !== undefined,
  };
}

export function readCreateIndex(statement: IndexStmt): Action {
  return {
    kind: 'create-index',
    index: statement.idxname,
    table: nameOfRange(statement.relation),
    unique: statement.unique === true,
    concurrently: statement.concurrent === true,
    ifNotExists: statement.if_not_exists === true,
    columns: (statement.indexParams ?? []).map((node) => ('IndexElem' in node ? node.IndexElem.name : undefined)),
    partial: statement.whereClause !== undefined,
  };
}

export function readCreateFunction(statement: CreateFunctionStmt): Action {
  const option = (statement.options ?? [])
    .flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
    .find(({ defname }) => defname === 'volatility')?.arg;
  const written = option !== undefined && 'String' in option ? option.String.sval : undefined;
  return {
    kind: 'create',
    object: 'routine',
    of: nameOfParts(statement.funcname),
    ifNotExists: false,
    orReplace: statement.replace === true,
    volatility: written === 'immutable' || written === 'stable' ? written : 'volatile',
  };
}
