import type { Node } from 'libpg-query';
import type { LockMode } from '../locks/mode.ts';
import type { Column, TableConstraint } from './definition.ts';
import type { QualifiedName } from './name.ts';
import type { DataType } from './type-name.ts';

/** Kinds of objects that can be dropped, renamed or moved. `other` has no rule of its own. */
export type ObjectKind =
  | 'table'
  | 'index'
  | 'view'
  | 'materialized view'
  | 'sequence'
  | 'schema'
  | 'database'
  | 'type'
  | 'domain'
  | 'routine'
  | 'trigger'
  | 'policy'
  | 'rule'
  | 'column'
  | 'constraint'
  | 'attribute'
  | 'extension'
  | 'other';

/**
 * One thing that a statement does. `ALTER TABLE … ADD COLUMN a …, DROP COLUMN b` is two actions.
 * Rules, locks and what the linter remembers are all decided by action, never by raw parse tree.
 */
export type Action =
  // Tables and columns
  | {
      readonly kind: 'create-table';
      readonly table: QualifiedName;
      readonly columns: readonly Column[];
      readonly constraints: readonly TableConstraint[];
      readonly ifNotExists: boolean;
      readonly temporary: boolean;
      readonly partitionOf?: QualifiedName;
      readonly inherits: readonly QualifiedName[];
      /** Columns come from elsewhere: a query, `LIKE`, a parent or a composite type. */
      readonly derived: boolean;
    }
  | {
      readonly kind: 'add-column';
      readonly table: QualifiedName;
      readonly column: Column;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'drop-column';
      readonly table: QualifiedName;
      readonly column: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'change-type';
      readonly table: QualifiedName;
      readonly column: string;
      readonly type: DataType;
      readonly using: boolean;
    }
  | { readonly kind: 'set-not-null'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'drop-not-null'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'set-default'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'drop-default'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'set-expression'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'drop-expression'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'add-identity'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'add-constraint'; readonly table: QualifiedName; readonly constraint: TableConstraint }
  | { readonly kind: 'validate-constraint'; readonly table: QualifiedName; readonly name: string }
  | {
      readonly kind: 'drop-constraint';
      readonly table: QualifiedName;
      readonly name: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'set-logged'; readonly table: QualifiedName; readonly logged: boolean }
  | { readonly kind: 'set-access-method'; readonly table: QualifiedName }
  | { readonly kind: 'set-tablespace'; readonly table: QualifiedName; readonly index: boolean }
  | {
      readonly kind: 'attach-partition';
      readonly table: QualifiedName;
      readonly partition: QualifiedName;
      readonly index: boolean;
    }
  | {
      readonly kind: 'detach-partition';
      readonly table: QualifiedName;
      readonly partition: QualifiedName;
      readonly concurrently: boolean;
      readonly finalize: boolean;
    }
  | {
      readonly kind: 'switch-trigger';
      readonly table: QualifiedName;
      readonly enabled: boolean;
      /** A name, or all triggers, or all but those of constraints. */
      readonly trigger: string | { readonly every: 'ALL' | 'USER' };
    }
  | { readonly kind: 'switch-row-security'; readonly table: QualifiedName; readonly enabled: boolean }
  | {
      readonly kind: 'alter-relation';
      readonly table: QualifiedName;
      readonly relation: 'table' | 'index' | 'view' | 'sequence' | 'type' | 'other';
      /** PostgreSQL's own name of the part, such as `AT_ReplicaIdentity`. */
      readonly part: string;
      readonly lock: LockMode | undefined;
    }
  // Objects
  | {
      readonly kind: 'rename';
      readonly object: ObjectKind;
      /** The table, view or type that holds a renamed column, constraint, attribute, trigger or policy; else the object. */
      readonly of: QualifiedName;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'move'; readonly object: ObjectKind; readonly of: QualifiedName; readonly schema: string }
  | {
      readonly kind: 'drop';
      readonly object: ObjectKind;
      readonly of: QualifiedName;
      /** For triggers, policies and rules: the table that has it. */
      readonly table?: QualifiedName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
      readonly concurrently: boolean;
    }
  | {
      readonly kind: 'create-index';
      readonly index: string | undefined;
      readonly table: QualifiedName;
      readonly unique: boolean;
      readonly concurrently: boolean;
      readonly ifNotExists: boolean;
      /** Names of key columns in order; undefined for an expression. */
      readonly columns: readonly (string | undefined)[];
      readonly partial: boolean;
    }
  | {
      readonly kind: 'reindex';
      readonly target: 'index' | 'table' | 'schema' | 'database';
      readonly of: QualifiedName;
      readonly concurrently: boolean;
    }
  | { readonly kind: 'cluster'; readonly table: QualifiedName | undefined }
  | {
      readonly kind: 'vacuum';
      readonly tables: readonly QualifiedName[];
      readonly full: boolean;
      readonly analyze: boolean;
    }
  | { readonly kind: 'refresh'; readonly view: QualifiedName; readonly concurrently: boolean }
  | { readonly kind: 'truncate'; readonly tables: readonly QualifiedName[]; readonly cascade: boolean }
  | {
      readonly kind: 'lock';
      readonly tables: readonly QualifiedName[];
      readonly mode: LockMode;
      readonly noWait: boolean;
    }
  | {
      readonly kind: 'create-trigger';
      readonly table: QualifiedName;
      readonly name: string;
      readonly orReplace: boolean;
    }
  | { readonly kind: 'create-policy'; readonly table: QualifiedName; readonly name: string }
  | { readonly kind: 'alter-policy'; readonly table: QualifiedName; readonly name: string }
  | { readonly kind: 'create-rule'; readonly table: QualifiedName; readonly name: string }
  | {
      readonly kind: 'create';
      readonly object: ObjectKind;
      readonly of: QualifiedName;
      readonly ifNotExists: boolean;
      readonly orReplace: boolean;
      /** Of a function. */
      readonly volatility?: 'immutable' | 'stable' | 'volatile';
    }
  | {
      readonly kind: 'create-domain';
      readonly domain: QualifiedName;
      readonly constrained: boolean;
      readonly constraints: readonly TableConstraint[];
    }
  | {
      readonly kind: 'alter-domain';
      readonly domain: QualifiedName;
      readonly change: 'add-constraint' | 'set-not-null' | 'validate-constraint' | 'other';
      readonly notValid: boolean;
      readonly name?: string;
    }
  | {
      readonly kind: 'add-enum-value';
      readonly type: QualifiedName;
      readonly value: string;
      readonly ifNotExists: boolean;
      /** BEFORE or AFTER another value. */
      readonly placed: boolean;
    }
  | { readonly kind: 'rename-enum-value'; readonly type: QualifiedName; readonly from: string; readonly to: string }
  | { readonly kind: 'alter-sequence'; readonly sequence: QualifiedName; readonly restart: boolean }
  | { readonly kind: 'drop-owned' }
  | { readonly kind: 'revoke' }
  // Data
  | {
      readonly kind: 'write';
      readonly verb: 'UPDATE' | 'DELETE' | 'INSERT' | 'MERGE';
      readonly table: QualifiedName;
      readonly where: Node | undefined;
      /** Columns assigned by UPDATE, in order. */
      readonly assigns: readonly string[];
      /** Rows come from a query, not from VALUES. */
      readonly fromQuery: boolean;
    }
  /** `reads`: it has a FROM, so it may take long. */
  | { readonly kind: 'query'; readonly reads: boolean }
  // Session
  | { readonly kind: 'set'; readonly name: string; readonly value: string | undefined; readonly local: boolean }
  | {
      readonly kind: 'transaction';
      readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' | 'other';
    }
  | { readonly kind: 'dynamic-sql' }
  /** Statements that the server refuses inside a transaction and that no rule treats otherwise. */
  | { readonly kind: 'outside-transaction'; readonly what: string }
  | { readonly kind: 'other'; readonly node: string };

export type ActionKind = Action['kind'];
/** The member of the union with that kind. */
export type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;
