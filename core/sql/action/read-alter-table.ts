import type { AlterTableCmd, AlterTableStmt, AlterTableType } from 'libpg-query';
import { alterTableLock } from '../locks/alter-table.ts';
import type { Action } from './action.ts';
import { columnOf, constraintOf } from './definition.ts';
import { nameOfRange, type QualifiedName } from './name.ts';
import { dataTypeOf } from './type-name.ts';

type Relation = 'table' | 'index' | 'view' | 'sequence' | 'type' | 'other';

interface Part {
  readonly table: QualifiedName;
  readonly relation: Relation;
  readonly command: AlterTableCmd;
  /** Name of the column, constraint or trigger. */
  readonly name: string;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** One list of actions for each part of an ALTER TABLE (INDEX, VIEW, SEQUENCE …), in order. */
export function readAlterTable(statement: AlterTableStmt): Action[][] {
  const table = nameOfRange(statement.relation);
  const relation = relationOf(statement.objtype);
  return (statement.cmds ?? []).map((node) => {
    if (!('AlterTableCmd' in node)) return [];
    const command = node.AlterTableCmd;
    const part = {
      table,
      relation,
      command,
      name: command.name ?? '',
      ifExists: command.missing_ok === true,
      cascade: command.behavior === 'DROP_CASCADE',
    };
    const reader = command.subtype === undefined ? undefined : readers[command.subtype];
    const action = relation === 'table' || relation === 'index' ? reader?.(part) : undefined;
    const lock = alterTableLock(command, relation);
    return [action ?? { kind: 'alter-relation', table, relation, part: command.subtype ?? 'AT_AddColumn', lock }];
  });
}

const relations: Readonly<Partial<Record<string, Relation>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_MATVIEW: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
};

function relationOf(objtype: AlterTableStmt['objtype']): Relation {
  return relations[objtype ?? 'OBJECT_TABLE'] ?? 'other';
}

/** Undefined: read as a part without a rule of its own. */
const readers: Readonly<Partial<Record<AlterTableType, (part: Part) => Action | undefined>>> = {
  AT_AddColumn: ({ table, command: { def }, ifExists }) =>
    def !== undefined && 'ColumnDef' in def
      ? { kind: 'add-column', table, column: columnOf(def.ColumnDef), ifNotExists: ifExists }
      : undefined,
  AT_DropColumn: ({ table, name: column, ifExists, cascade }) => ({
    kind: 'drop-column',
    table,
    column,
    ifExists,
    cascade,
  }),
  AT_AlterColumnType: ({ table, name: column, command: { def } }) => {
    if (def === undefined || !('ColumnDef' in def)) return undefined;
    const { typeName, raw_default } = def.ColumnDef;
    return { kind: 'change-type', table, column, type: dataTypeOf(typeName), using: raw_default !== undefined };
  },
  AT_SetNotNull: ({ table, name: column }) => ({ kind: 'set-not-null', table, column }),
  AT_DropNotNull: ({ table, name: column }) => ({ kind: 'drop-not-null', table, column }),
  AT_ColumnDefault: ({ table, name: column, command }) => ({
    kind: command.def === undefined ? 'drop-default' : 'set-default',
    table,
    column,
  }),
  AT_SetExpression: ({ table, name: column }) => ({ kind: 'set-expression', table, column }),
  AT_DropExpression: ({ table, name: column }) => ({ kind: 'drop-expression', table, column }),
  AT_AddIdentity: ({ table, name: column }) => ({ kind: 'add-identity', table, column }),
  AT_AddConstraint: ({ table, command: { def } }) => {
    const constraint = def !== undefined && 'Constraint' in def ? constraintOf(def.Constraint) : undefined;
    return constraint === undefined ? undefined : { kind: 'add-constraint', table, constraint };
  },
  AT_ValidateConstraint: ({ table, name }) => ({ kind: 'validate-constraint', table, name }),
  AT_DropConstraint: ({ table, name, ifExists, cascade }) => ({
    kind: 'drop-constraint',
    table,
    name,
    ifExists,
    cascade,
  }),
  AT_SetLogged: ({ table }) => ({ kind: 'set-logged', table, logged: true }),
  AT_SetUnLogged: ({ table }) => ({ kind: 'set-logged', table, logged: false }),
  AT_SetAccessMethod: ({ table }) => ({ kind: 'set-access-method', table }),
  AT_SetTableSpace: ({ table, relation }) => ({ kind: 'set-tablespace', table, index: relation === 'index' }),
  AT_AttachPartition: (part) => ({
    kind: 'attach-partition',
    table: part.table,
    partition: nameOfRange(partitionOf(part)?.name),
    index: part.relation === 'index',
  }),
  AT_DetachPartition: (part) => detach(part, false),
  AT_DetachPartitionFinalize: (part) => detach(part, true),
  AT_EnableTrig: (part) => switchTrigger(part, true, part.name),
  AT_EnableAlwaysTrig: (part) => switchTrigger(part, true, part.name),
  AT_EnableReplicaTrig: (part) => switchTrigger(part, true, part.name),
  AT_DisableTrig: (part) => switchTrigger(part, false, part.name),
  AT_EnableTrigAll: (part) => switchTrigger(part, true, { every: 'ALL' }),
  AT_EnableTrigUser: (part) => switchTrigger(part, true, { every: 'USER' }),
  AT_DisableTrigAll: (part) => switchTrigger(part, false, { every: 'ALL' }),
  AT_DisableTrigUser: (part) => switchTrigger(part, false, { every: 'USER' }),
  AT_EnableRowSecurity: ({ table }) => ({ kind: 'switch-row-security', table, enabled: true }),
  AT_DisableRowSecurity: ({ table }) => ({ kind: 'switch-row-security', table, enabled: false }),
};

function detach(part: Part, finalize: boolean): Action {
  const command = partitionOf(part);
  return {
    kind: 'detach-partition',
    table: part.table,
    partition: nameOfRange(command?.name),
    concurrently: command?.concurrent === true,
    finalize,
  };
}

function switchTrigger(
  { table }: Part,
  enabled: boolean,
  trigger: string | { readonly every: 'ALL' | 'USER' },
): Action {
  return { kind: 'switch-trigger', table, enabled, trigger };
}

function partitionOf({ command: { def } }: Part) {
  return def !== undefined && 'PartitionCmd' in def ? def.PartitionCmd : undefined;
}
