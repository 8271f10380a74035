import type { AlterTableCmd } from 'libpg-query';
import type { LockMode } from './mode.ts';

// Options of a table that are read from one place at a time need no more than this; see AlterTableGetRelOptionsLockLevel.
const exclusiveOptions = new Set(['user_catalog_table', 'security_barrier', 'security_invoker', 'check_option']);

/**
 * The lock of a part of ALTER TABLE that has no rule of its own (see AlterTableGetLockLevel in tablecmds.c).
 * Undefined when the part does not touch a table.
 */
export function alterTableLock(command: AlterTableCmd, relation: string): LockMode | undefined {
  if (relation === 'sequence') return undefined;
  switch (command.subtype) {
    case 'AT_SetStatistics':
    case 'AT_ClusterOn':
    case 'AT_DropCluster':
    case 'AT_SetOptions':
    case 'AT_ResetOptions':
    case 'AT_ValidateConstraint':
      return 'SHARE UPDATE EXCLUSIVE';
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
    case 'AT_ReplaceRelOptions':
      return optionNames(command).some((name) => exclusiveOptions.has(name))
        ? 'ACCESS EXCLUSIVE'
        : 'SHARE UPDATE EXCLUSIVE';
    case 'AT_AlterConstraint':
      return 'ACCESS EXCLUSIVE';
    default:
      return 'ACCESS EXCLUSIVE';
  }
}

function optionNames({ def }: AlterTableCmd): string[] {
  if (def === undefined || !('List' in def)) return [];
  return (def.List.items ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem.defname ?? ''] : []));
}
