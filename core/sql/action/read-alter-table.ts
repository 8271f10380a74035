import type { AlterTableCmd, AlterTableStmt, Node } from 'libpg-query';
import { alterTableLock } from '../locks/alter-table.ts';
import type { Action } from './action.ts';
import { columnOf, constraintOf } from './definition.ts';
import { nameOfRange, type QualifiedName } from './name.ts';
import { dataTypeOf } from './type-name.ts';

type Relation = 'table' | 'index' | 'view' | 'sequence' | 'other';

/** One action for each part of an ALTER TABLE (INDEX, VIEW, SEQUENCE …), in order; a part may become none or several. */
export function readAlterTable(statement: AlterTableStmt): Action[][] {
  const table = nameOfRange(statement.relation);
  const relation = relationOf(statement.objtype);
  return (statement.cmds ?? []).map((node) =>
    'AlterTableCmd' in node ? read(table, relation, node.AlterTableCmd) : [],
  );
}

function relationOf(objtype: AlterTableStmt['objtype']): Relation {
  switch (objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_MATVIEW':
      return 'table';
    case 'OBJECT_INDEX':
      return 'index';
    case 'OBJECT_VIEW':
      return 'view';
    case 'OBJECT_SEQUENCE':
      return 'sequence';
    default:
      return 'other';
  }
}

function read(table: QualifiedName, relation: Relation, command: AlterTableCmd): Action[] {
  const name = command.name ?? '';
  const ifExists = command.missing_ok === true;
  const cascade = command.behavior === 'DROP_CASCADE';
  const other: Action = { kind: 'alter-relation', table, relation, lock: alterTableLock(command, relation) };
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (relation !== 'table' || command.def === undefined || !('ColumnDef' in command.def)) return [other];
      return [{ kind: 'add-column', table, column: columnOf(command.def.ColumnDef), ifNotExists: ifExists }];
    case 'AT_DropColumn':
      return relation === 'table' ? [{ kind: 'drop-column', table, column: name, ifExists, cascade }] : [other];
    case 'AT_AlterColumnType': {
      if (relation !== 'table' || command.def === undefined || !('ColumnDef' in command.def)) return [other];
      const { typeName, raw_default } = command.def.ColumnDef;
      return [
        { kind: 'change-type', table, column: name, type: dataTypeOf(typeName), using: raw_default !== undefined },
      ];
    }
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column: name }];
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column: name }];
    case 'AT_ColumnDefault':
      return [{ kind: command.def === undefined ? 'drop-default' : 'set-default', table, column: name }];
    case 'AT_SetExpression':
      return [{ kind: 'set-expression', table, column: name }];
    case 'AT_DropExpression':
      return [{ kind: 'drop-expression', table, column: name }];
    case 'AT_AddIdentity':
      return [{ kind: 'add-identity', table, column: name }];
    case 'AT_AddConstraint': {
      const constraint = command.def !== undefined && 'Constraint' in command.def ? command.def.Constraint : undefined;
      const read = constraint === undefined ? undefined : constraintOf(constraint);
      return read === undefined ? [other] : [{ kind: 'add-constraint', table, constraint: read }];
    }
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name }];
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name, ifExists, cascade }];
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
      return relation === 'sequence'
        ? [other]
        : [{ kind: 'set-logged', table, logged: command.subtype === 'AT_SetLogged' }];
    case 'AT_SetAccessMethod':
      return [{ kind: 'set-access-method', table }];
    case 'AT_SetTableSpace':
      return [{ kind: 'set-tablespace', table, index: relation === 'index' }];
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
      return readPartition(table, relation, command);
    case 'AT_EnableTrig':
    case 'AT_EnableAlwaysTrig':
    case 'AT_EnableReplicaTrig':
      return [{ kind: 'switch-trigger', table, enabled: true, trigger: name }];
    case 'AT_DisableTrig':
      return [{ kind: 'switch-trigger', table, enabled: false, trigger: name }];
    case 'AT_EnableTrigAll':
    case 'AT_EnableTrigUser':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser': {
      const every = command.subtype.endsWith('All') ? 'ALL' : 'USER';
      return [{ kind: 'switch-trigger', table, enabled: command.subtype.startsWith('AT_Enable'), trigger: { every } }];
    }
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return [{ kind: 'switch-row-security', table, enabled: command.subtype === 'AT_EnableRowSecurity' }];
    default:
      return [other];
  }
}

function readPartition(table: QualifiedName, relation: Relation, { def, subtype }: AlterTableCmd): Action[] {
  const command = partitionOf(def);
  const partition = nameOfRange(command?.name);
  if (subtype === 'AT_AttachPartition') {
    return [{ kind: 'attach-partition', table, partition, index: relation === 'index' }];
  }
  const finalize = subtype === 'AT_DetachPartitionFinalize';
  return [{ kind: 'detach-partition', table, partition, concurrently: command?.concurrent === true, finalize }];
}

function partitionOf(def: Node | undefined) {
  return def !== undefined && 'PartitionCmd' in def ? def.PartitionCmd : undefined;
}
