import type { AlterTableCmd } from 'libpg-query';
import type { LockMode } from './mode.ts';

const weak = new Set<AlterTableCmd['subtype']>([
  'AT_SetStatistics',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetOptions',
  'AT_ResetOptions',
]);
const options = new Set<AlterTableCmd['subtype']>(['AT_SetRelOptions', 'AT_ResetRelOptions', 'AT_ReplaceRelOptions']);
// Other options of a table are read from one place at a time; see AlterTableGetRelOptionsLockLevel.
const exclusiveOptions = new Set(['user_catalog_table', 'security_barrier', 'security_invoker', 'check_option']);

/**
 * The lock of a part of ALTER TABLE that has no rule of its own (see AlterTableGetLockLevel in tablecmds.c).
 * Undefined when the part does not touch a table.
 */
export function alterTableLock(command: AlterTableCmd, relation: string): LockMode | undefined {
  if (relation === 'sequence' || relation === 'type') return undefined;
  if (weak.has(command.subtype)) return 'SHARE UPDATE EXCLUSIVE';
  if (options.has(command.subtype) && !optionNames(command).some((name) => exclusiveOptions.has(name))) {
    return 'SHARE UPDATE EXCLUSIVE';
  }
  return 'ACCESS EXCLUSIVE';
}

function optionNames({ def }: AlterTableCmd): string[] {
  if (def === undefined || !('List' in def)) return [];
  return (def.List.items ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem.defname ?? ''] : []));
}
