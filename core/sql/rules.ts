import type { Rule } from './rule.ts';
import { addCheckConstraint } from './rules/add-check-constraint.ts';
import { addColumnAutoIncrement } from './rules/add-column-auto-increment.ts';
import { addColumnConstrainedDomain } from './rules/add-column-constrained-domain.ts';
import { addColumnStoredGenerated } from './rules/add-column-stored-generated.ts';
import { addColumnVolatileDefault } from './rules/add-column-volatile-default.ts';
import { addExclusionConstraint } from './rules/add-exclusion-constraint.ts';
import { addForeignKey } from './rules/add-foreign-key.ts';
import { addNotNullConstraint } from './rules/add-not-null-constraint.ts';
import { addPrimaryKey } from './rules/add-primary-key.ts';
import { addRequiredColumn } from './rules/add-required-column.ts';
import { addUniqueConstraint } from './rules/add-unique-constraint.ts';
import { alterCompositeType } from './rules/alter-composite-type.ts';
import { alterDomainConstraint } from './rules/alter-domain-constraint.ts';
import { appliedFileChanged } from './rules/applied-file-changed.ts';
import { attachPartitionWithoutCheck } from './rules/attach-partition-without-check.ts';
import { backfillInDdlTransaction } from './rules/backfill-in-ddl-transaction.ts';
import { changeColumnType } from './rules/change-column-type.ts';
import { charType } from './rules/char-type.ts';
import { cluster } from './rules/cluster.ts';
import { columnAlignment } from './rules/column-alignment.ts';
import { concurrentlyInTransaction } from './rules/concurrently-in-transaction.ts';
import { createConstrainedDomain } from './rules/create-constrained-domain.ts';
import { createIndex } from './rules/create-index.ts';
import { createPartitionOf } from './rules/create-partition-of.ts';
import { createTrigger } from './rules/create-trigger.ts';
import { detachPartition } from './rules/detach-partition.ts';
import { disableTrigger } from './rules/disable-trigger.ts';
import { dropColumn } from './rules/drop-column.ts';
import { dropConstraint } from './rules/drop-constraint.ts';
import { dropDatabase } from './rules/drop-database.ts';
import { dropDefault } from './rules/drop-default.ts';
import { dropExtension } from './rules/drop-extension.ts';
import { dropIndex } from './rules/drop-index.ts';
import { dropNotNull } from './rules/drop-not-null.ts';
import { dropOwned } from './rules/drop-owned.ts';
import { dropPolicy } from './rules/drop-policy.ts';
import { dropRoutine } from './rules/drop-routine.ts';
import { dropSchema } from './rules/drop-schema.ts';
import { dropSequence } from './rules/drop-sequence.ts';
import { dropTable } from './rules/drop-table.ts';
import { dropTrigger } from './rules/drop-trigger.ts';
import { dropType } from './rules/drop-type.ts';
import { dropUsedObject } from './rules/drop-used-object.ts';
import { dropView } from './rules/drop-view.ts';
import { duplicateAssignment } from './rules/duplicate-assignment.ts';
import { enumValueUsedInTransaction } from './rules/enum-value-used-in-transaction.ts';
import { enumValueWithoutPlace } from './rules/enum-value-without-place.ts';
import { foreignKeyWithoutIndex } from './rules/foreign-key-without-index.ts';
import { identifierTooLong } from './rules/identifier-too-long.ts';
import { ignoreWithoutReason } from './rules/ignore-without-reason.ts';
import { intKey } from './rules/int-key.ts';
import { intKeyNearExhaustion } from './rules/int-key-near-exhaustion.ts';
import { jsonType } from './rules/json-type.ts';
import { leftoverInvalidIndex } from './rules/leftover-invalid-index.ts';
import { lockTable } from './rules/lock-table.ts';
import { longLockTimeout } from './rules/long-lock-timeout.ts';
import { missingLockTimeout } from './rules/missing-lock-timeout.ts';
import { missingRollback } from './rules/missing-rollback.ts';
import { missingStatementTimeout } from './rules/missing-statement-timeout.ts';
import { moneyType } from './rules/money-type.ts';
import { moveToSchema } from './rules/move-to-schema.ts';
import { notRepeatable } from './rules/not-repeatable.ts';
import { outOfOrder } from './rules/out-of-order.ts';
import { primaryKeyOnNullable } from './rules/primary-key-on-nullable.ts';
import { refreshMaterializedView } from './rules/refresh-materialized-view.ts';
import { reindex } from './rules/reindex.ts';
import { renameColumn } from './rules/rename-column.ts';
import { renameEnumValue } from './rules/rename-enum-value.ts';
import { renameObject } from './rules/rename-object.ts';
import { renameSchema } from './rules/rename-schema.ts';
import { renameTable } from './rules/rename-table.ts';
import { replicaIdentity } from './rules/replica-identity.ts';
import { revokePrivileges } from './rules/revoke-privileges.ts';
import { rowSecurityWithoutPolicy } from './rules/row-security-without-policy.ts';
import { sequenceRestart } from './rules/sequence-restart.ts';
import { serialType } from './rules/serial-type.ts';
import { setAccessMethod } from './rules/set-access-method.ts';
import { setGeneratedExpression } from './rules/set-generated-expression.ts';
import { setLocalOutsideTransaction } from './rules/set-local-outside-transaction.ts';
import { setLogged } from './rules/set-logged.ts';
import { setNotNull } from './rules/set-not-null.ts';
import { setTablespace } from './rules/set-tablespace.ts';
import { severalExclusiveLocks } from './rules/several-exclusive-locks.ts';
import { syntaxError } from './rules/syntax-error.ts';
import { tableWithoutPrimaryKey } from './rules/table-without-primary-key.ts';
import { timeWithZone } from './rules/time-with-zone.ts';
import { timestampWithoutZone } from './rules/timestamp-without-zone.ts';
import { transactionNesting } from './rules/transaction-nesting.ts';
import { truncateCascade } from './rules/truncate-cascade.ts';
import { truncateTable } from './rules/truncate-table.ts';
import { unbatchedWrite } from './rules/unbatched-write.ts';
import { uncheckedBlock } from './rules/unchecked-block.ts';
import { uncommittedTransaction } from './rules/uncommitted-transaction.ts';
import { undeclaredDataLoss } from './rules/undeclared-data-loss.ts';
import { uniqueIndexOnRows } from './rules/unique-index-on-rows.ts';
import { unusedIgnore } from './rules/unused-ignore.ts';
import { vacuumFull } from './rules/vacuum-full.ts';
import { validateInSameTransaction } from './rules/validate-in-same-transaction.ts';
import { varcharLimit } from './rules/varchar-limit.ts';
import { wideIndex } from './rules/wide-index.ts';
import { workUnderLock } from './rules/work-under-lock.ts';

/** Every rule, by id. The only list: tests hold it against the files and their fixtures. */
export const rules: readonly Rule[] = [
  addCheckConstraint,
  addColumnAutoIncrement,
  addColumnConstrainedDomain,
  addColumnStoredGenerated,
  addColumnVolatileDefault,
  addExclusionConstraint,
  addForeignKey,
  addNotNullConstraint,
  addPrimaryKey,
  addRequiredColumn,
  addUniqueConstraint,
  alterCompositeType,
  alterDomainConstraint,
  appliedFileChanged,
  attachPartitionWithoutCheck,
  backfillInDdlTransaction,
  changeColumnType,
  charType,
  cluster,
  columnAlignment,
  concurrentlyInTransaction,
  createConstrainedDomain,
  createIndex,
  createPartitionOf,
  createTrigger,
  detachPartition,
  disableTrigger,
  dropColumn,
  dropConstraint,
  dropDatabase,
  dropDefault,
  dropExtension,
  dropIndex,
  dropNotNull,
  dropOwned,
  dropPolicy,
  dropRoutine,
  dropSchema,
  dropSequence,
  dropTable,
  dropTrigger,
  dropType,
  dropUsedObject,
  dropView,
  duplicateAssignment,
  enumValueUsedInTransaction,
  enumValueWithoutPlace,
  foreignKeyWithoutIndex,
  identifierTooLong,
  ignoreWithoutReason,
  intKeyNearExhaustion,
  intKey,
  jsonType,
  leftoverInvalidIndex,
  lockTable,
  longLockTimeout,
  missingLockTimeout,
  missingRollback,
  missingStatementTimeout,
  moneyType,
  moveToSchema,
  notRepeatable,
  outOfOrder,
  primaryKeyOnNullable,
  refreshMaterializedView,
  reindex,
  renameColumn,
  renameEnumValue,
  renameObject,
  renameSchema,
  renameTable,
  replicaIdentity,
  revokePrivileges,
  rowSecurityWithoutPolicy,
  sequenceRestart,
  serialType,
  setAccessMethod,
  setGeneratedExpression,
  setLocalOutsideTransaction,
  setLogged,
  setNotNull,
  setTablespace,
  severalExclusiveLocks,
  syntaxError,
  tableWithoutPrimaryKey,
  timeWithZone,
  timestampWithoutZone,
  transactionNesting,
  truncateCascade,
  truncateTable,
  unbatchedWrite,
  uncheckedBlock,
  uncommittedTransaction,
  undeclaredDataLoss,
  uniqueIndexOnRows,
  unusedIgnore,
  vacuumFull,
  validateInSameTransaction,
  varcharLimit,
  wideIndex,
  workUnderLock,
];
