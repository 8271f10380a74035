import { unreachable } from '../../unreachable.ts';
import type { Action } from '../action/action.ts';
import type { QualifiedName } from '../action/name.ts';
import type { LockMode } from './mode.ts';

export interface TableLock {
  readonly table: QualifiedName;
  readonly mode: LockMode;
}

/**
 * The locks an action takes on tables it names (on an index where only that is named). Locks of indexes, catalogs and
 * partitions that follow from these are left out. Source: the manual's chapter on explicit locking and the comments in
 * tablecmds.c; every line is checked against pg_locks of a real server by the tests.
 */
export function locksOf(action: Action): readonly TableLock[] {
  switch (action.kind) {
    case 'add-column':
      return [{ table: action.table, mode: 'ACCESS EXCLUSIVE' }, ...action.column.constraints.flatMap(referenced)];
    case 'add-constraint':
      return [
        {
          table: action.table,
          mode: action.constraint.kind === 'foreign-key' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE',
        },
        ...referenced(action.constraint),
      ];
    case 'create-table':
      return [
        ...(action.partitionOf === undefined ? [] : [{ table: action.partitionOf, mode: 'ACCESS EXCLUSIVE' } as const]),
        ...action.inherits.map((table) => ({ table, mode: 'SHARE UPDATE EXCLUSIVE' }) as const),
        ...[...action.constraints, ...action.columns.flatMap(({ constraints }) => constraints)].flatMap(referenced),
      ];
    case 'drop-column':
    case 'change-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'set-expression':
    case 'drop-expression':
    case 'add-identity':
    case 'drop-constraint':
    case 'set-logged':
    case 'set-access-method':
    case 'set-tablespace':
    case 'switch-row-security':
    case 'create-policy':
    case 'alter-policy':
    case 'create-rule':
      return [{ table: action.table, mode: 'ACCESS EXCLUSIVE' }];
    case 'validate-constraint':
      return [{ table: action.table, mode: 'SHARE UPDATE EXCLUSIVE' }];
    case 'switch-trigger':
    case 'create-trigger':
      return [{ table: action.table, mode: 'SHARE ROW EXCLUSIVE' }];
    case 'attach-partition':
      if (action.index) return [];
      return [
        { table: action.table, mode: 'SHARE UPDATE EXCLUSIVE' },
        { table: action.partition, mode: 'ACCESS EXCLUSIVE' },
      ];
    case 'detach-partition':
      return action.concurrently || action.finalize
        ? [{ table: action.table, mode: 'SHARE UPDATE EXCLUSIVE' }]
        : [
            { table: action.table, mode: 'ACCESS EXCLUSIVE' },
            { table: action.partition, mode: 'ACCESS EXCLUSIVE' },
          ];
    case 'alter-relation':
      return action.lock === undefined ? [] : [{ table: action.table, mode: action.lock }];
    case 'rename':
      if (action.object === 'index') return [{ table: action.of, mode: 'SHARE UPDATE EXCLUSIVE' }];
      return ['table', 'view', 'materialized view', 'column', 'constraint', 'trigger', 'policy', 'rule'].includes(
        action.object,
      )
        ? [{ table: action.of, mode: 'ACCESS EXCLUSIVE' }]
        : [];
    case 'move':
      return action.object === 'table' || action.object === 'view' || action.object === 'materialized view'
        ? [{ table: action.of, mode: 'ACCESS EXCLUSIVE' }]
        : [];
    case 'drop':
      if (action.table !== undefined) return [{ table: action.table, mode: 'ACCESS EXCLUSIVE' }];
      if (action.object === 'index') {
        return [{ table: action.of, mode: action.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE' }];
      }
      return action.object === 'table' || action.object === 'view' || action.object === 'materialized view'
        ? [{ table: action.of, mode: 'ACCESS EXCLUSIVE' }]
        : [];
    case 'create-index':
      return [{ table: action.table, mode: action.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE' }];
    case 'reindex':
      if (action.target === 'table') {
        return [{ table: action.of, mode: action.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE' }];
      }
      return action.target === 'index'
        ? [{ table: action.of, mode: action.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE' }]
        : [];
    case 'cluster':
      return action.table === undefined ? [] : [{ table: action.table, mode: 'ACCESS EXCLUSIVE' }];
    case 'vacuum':
      return action.tables.map((table) => ({
        table,
        mode: action.full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE',
      }));
    case 'refresh':
      return [{ table: action.view, mode: action.concurrently ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE' }];
    case 'truncate':
      return action.tables.map((table) => ({ table, mode: 'ACCESS EXCLUSIVE' }));
    case 'lock':
      return action.tables.map((table) => ({ table, mode: action.mode }));
    case 'create':
      return action.object === 'view' && action.orReplace ? [{ table: action.of, mode: 'ACCESS EXCLUSIVE' }] : [];
    case 'write':
      return [{ table: action.table, mode: 'ROW EXCLUSIVE' }];
    case 'create-domain':
    case 'alter-domain':
    case 'add-enum-value':
    case 'rename-enum-value':
    case 'alter-sequence':
    case 'drop-owned':
    case 'revoke':
    case 'query':
    case 'set':
    case 'transaction':
    case 'dynamic-sql':
    case 'outside-transaction':
    case 'other':
      return [];
    default:
      return unreachable(action);
  }
}

/** A foreign key installs triggers at the table it refers to. */
function referenced({ references }: { readonly references: QualifiedName | undefined }): TableLock[] {
  return references === undefined ? [] : [{ table: references, mode: 'SHARE ROW EXCLUSIVE' }];
}
