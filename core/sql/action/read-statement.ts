import type { Node, RangeVar } from 'libpg-query';
import { lockModes } from '../locks/mode.ts';
import type { Action, ActionOf } from './action.ts';
import { nameOfParts, nameOfRange, type QualifiedName } from './name.ts';
import { readAlterTable } from './read-alter-table.ts';
import { readCreateFunction, readCreateIndex, readCreateTable } from './read-create.ts';
import { readSet, readWrites } from './read-data.ts';
import { readDrop, readMove, readRename } from './read-objects.ts';
import { readAlterDomain, readAlterEnum, readCreateDomain } from './read-types.ts';

/**
 * What a statement does. One list for each part of an ALTER TABLE, so that a part can be placed in the text; other
 * statements have one part.
 */
export function readStatement(node: Node): readonly (readonly Action[])[] {
  if ('AlterTableStmt' in node) return readAlterTable(node.AlterTableStmt);
  return [readWrites(node) ?? read(node)];
}

function read(node: Node): Action[] {
  if ('CreateStmt' in node) return [readCreateTable(node.CreateStmt)];
  if ('IndexStmt' in node) return [readCreateIndex(node.IndexStmt)];
  if ('DropStmt' in node) return readDrop(node.DropStmt);
  if ('RenameStmt' in node) return [readRename(node.RenameStmt)];
  if ('AlterObjectSchemaStmt' in node) return [readMove(node.AlterObjectSchemaStmt)];
  if ('CreateDomainStmt' in node) return [readCreateDomain(node.CreateDomainStmt)];
  if ('AlterDomainStmt' in node) return [readAlterDomain(node.AlterDomainStmt)];
  if ('AlterEnumStmt' in node) return [readAlterEnum(node.AlterEnumStmt)];
  if ('CreateFunctionStmt' in node) return [readCreateFunction(node.CreateFunctionStmt)];
  if ('VariableSetStmt' in node) return readSet(node.VariableSetStmt);
  if ('TransactionStmt' in node)
    return [{ kind: 'transaction', verb: verbs[node.TransactionStmt.kind ?? ''] ?? 'other' }];
  return readMaintenance(node) ?? readDefinition(node) ?? [{ kind: 'other', node: Object.keys(node)[0] ?? '' }];
}

function readMaintenance(node: Node): Action[] | undefined {
  if ('ReindexStmt' in node) {
    const { kind, relation, name, params } = node.ReindexStmt;
    const target =
      kind === 'REINDEX_OBJECT_INDEX'
        ? 'index'
        : kind === 'REINDEX_OBJECT_TABLE'
          ? 'table'
          : kind === 'REINDEX_OBJECT_SCHEMA'
            ? 'schema'
            : 'database';
    const of = relation === undefined ? { name: name ?? '' } : nameOfRange(relation);
    return [{ kind: 'reindex', target, of, concurrently: isOn(params, 'concurrently') }];
  }
  if ('ClusterStmt' in node) {
    const { relation } = node.ClusterStmt;
    return [{ kind: 'cluster', table: relation === undefined ? undefined : nameOfRange(relation) }];
  }
  if ('VacuumStmt' in node) {
    const { rels, options, is_vacuumcmd } = node.VacuumStmt;
    const tables = (rels ?? []).flatMap((rel) =>
      'VacuumRelation' in rel ? [nameOfRange(rel.VacuumRelation.relation)] : [],
    );
    return [{ kind: 'vacuum', tables, full: isOn(options, 'full'), analyze: is_vacuumcmd !== true }];
  }
  if ('RefreshMatViewStmt' in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt;
    return [{ kind: 'refresh', view: nameOfRange(relation), concurrently: concurrent === true }];
  }
  if ('TruncateStmt' in node) {
    const { relations, behavior } = node.TruncateStmt;
    return [{ kind: 'truncate', tables: ranges(relations), cascade: behavior === 'DROP_CASCADE' }];
  }
  if ('LockStmt' in node) {
    const { relations, mode, nowait } = node.LockStmt;
    // The tree counts modes from 1 in the order of the manual.
    const lockMode = lockModes[(mode ?? 8) - 1] ?? 'ACCESS EXCLUSIVE';
    return [{ kind: 'lock', tables: ranges(relations), mode: lockMode, noWait: nowait === true }];
  }
  if ('DropdbStmt' in node) {
    const { dbname, missing_ok } = node.DropdbStmt;
    const of = { name: dbname ?? '' };
    return [
      { kind: 'drop', object: 'database', of, ifExists: missing_ok === true, cascade: false, concurrently: false },
    ];
  }
  if ('CreatedbStmt' in node) return [{ kind: 'outside-transaction', what: 'CREATE DATABASE' }];
  if ('AlterSystemStmt' in node) return [{ kind: 'outside-transaction', what: 'ALTER SYSTEM' }];
  if ('CreateTableSpaceStmt' in node) return [{ kind: 'outside-transaction', what: 'CREATE TABLESPACE' }];
  if ('DropTableSpaceStmt' in node) return [{ kind: 'outside-transaction', what: 'DROP TABLESPACE' }];
  if ('DropOwnedStmt' in node) return [{ kind: 'drop-owned' }];
  if ('GrantStmt' in node) {
    return [node.GrantStmt.is_grant === true ? { kind: 'other', node: 'GrantStmt' } : { kind: 'revoke' }];
  }
  return undefined;
}

function readDefinition(node: Node): Action[] | undefined {
  const created = (
    object: Extract<Action, { kind: 'create' }>['object'],
    of: QualifiedName,
    ifNotExists = false,
  ): Action[] => [{ kind: 'create', object, of, ifNotExists, orReplace: false }];
  if ('CreateTrigStmt' in node) {
    const { relation, trigname, replace } = node.CreateTrigStmt;
    return [
      { kind: 'create-trigger', table: nameOfRange(relation), name: trigname ?? '', orReplace: replace === true },
    ];
  }
  if ('CreatePolicyStmt' in node) {
    const { table, policy_name } = node.CreatePolicyStmt;
    return [{ kind: 'create-policy', table: nameOfRange(table), name: policy_name ?? '' }];
  }
  if ('AlterPolicyStmt' in node) {
    const { table, policy_name } = node.AlterPolicyStmt;
    return [{ kind: 'alter-policy', table: nameOfRange(table), name: policy_name ?? '' }];
  }
  if ('RuleStmt' in node) {
    return [{ kind: 'create-rule', table: nameOfRange(node.RuleStmt.relation), name: node.RuleStmt.rulename ?? '' }];
  }
  if ('ViewStmt' in node) {
    const { view, replace } = node.ViewStmt;
    return [{ kind: 'create', object: 'view', of: nameOfRange(view), ifNotExists: false, orReplace: replace === true }];
  }
  if ('CreateTableAsStmt' in node) {
    const { into, objtype, if_not_exists } = node.CreateTableAsStmt;
    const of = nameOfRange(into?.rel);
    if (objtype === 'OBJECT_MATVIEW') return created('materialized view', of, if_not_exists === true);
    return [
      {
        kind: 'create-table',
        table: of,
        columns: [],
        constraints: [],
        ifNotExists: if_not_exists === true,
        temporary: into?.rel?.relpersistence === 't',
        inherits: [],
        derived: true,
      },
    ];
  }
  if ('AlterSeqStmt' in node) {
    const { sequence, options } = node.AlterSeqStmt;
    const restart = (options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === 'restart');
    return [{ kind: 'alter-sequence', sequence: nameOfRange(sequence), restart }];
  }
  if ('CreateEnumStmt' in node) return created('type', nameOfParts(node.CreateEnumStmt.typeName));
  if ('CompositeTypeStmt' in node) return created('type', nameOfRange(node.CompositeTypeStmt.typevar));
  if ('CreateRangeStmt' in node) return created('type', nameOfParts(node.CreateRangeStmt.typeName));
  if ('CreateSeqStmt' in node) {
    return created('sequence', nameOfRange(node.CreateSeqStmt.sequence), node.CreateSeqStmt.if_not_exists === true);
  }
  if ('CreateSchemaStmt' in node) {
    return created(
      'schema',
      { name: node.CreateSchemaStmt.schemaname ?? '' },
      node.CreateSchemaStmt.if_not_exists === true,
    );
  }
  if ('CreateExtensionStmt' in node) {
    const { extname, if_not_exists } = node.CreateExtensionStmt;
    return created('extension', { name: extname ?? '' }, if_not_exists === true);
  }
  return undefined;
}

function ranges(nodes: readonly Node[] | undefined): QualifiedName[] {
  return (nodes ?? []).flatMap((node): RangeVar[] => ('RangeVar' in node ? [node.RangeVar] : [])).map(nameOfRange);
}

function isOn(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((node) => {
    if (!('DefElem' in node) || node.DefElem.defname !== name) return false;
    const { arg } = node.DefElem;
    if (arg === undefined) return true;
    if ('Boolean' in arg) return arg.Boolean.boolval === true;
    if ('Integer' in arg) return arg.Integer.ival === 1;
    return 'String' in arg && /^(true|on|1)$/i.test(arg.String.sval ?? '');
  });
}

const verbs: Readonly<Partial<Record<string, ActionOf<'transaction'>['verb']>>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'release',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
};
