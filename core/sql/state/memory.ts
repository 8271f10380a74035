import { keyOf, type QualifiedName } from '../action/name.ts';
import type { Catalog, TableFacts } from '../catalog/catalog.ts';
import type { LockMode } from '../locks/mode.ts';
import type { ColumnMemo, ConstraintMemo, IndexMemo, TableMemo } from './memo.ts';

/** A lock on an existing table that the current transaction has. */
export interface Held {
  readonly table: QualifiedName;
  readonly mode: LockMode;
}

/** `host`: the migration tool wraps the file; `file`: the file says BEGIN; `block`: a DO block is one transaction. */
export type Opener = 'host' | 'file' | 'block';

/**
 * What is known at one point of a migration: everything the earlier statements of the same section did, the settings in
 * force, the transaction, and the live catalog where there is one. `remember` writes it; rules read it, and note in `said`
 * what they say once only.
 */
export class Memory {
  readonly server: number;
  readonly catalog: Catalog | undefined;
  /** Counts transactions; a statement outside BEGIN is a transaction of its own. */
  transaction = 1;
  opener: Opener | undefined;
  held = new Map<string, Held>();
  readonly tables = new Map<string, TableMemo>();
  readonly indexes = new Map<string, IndexMemo>();
  /** By table and name. */
  readonly constraints = new Map<string, ConstraintMemo>();
  /** Other objects made in this file: `type status`, `routine f`. */
  readonly created = new Set<string>();
  /** The same, with those that may have been there before: OR REPLACE, IF NOT EXISTS. */
  readonly present = new Set<string>();
  readonly dropped = new Set<string>();
  readonly volatilities = new Map<string, 'immutable' | 'stable' | 'volatile'>();
  readonly domains = new Map<string, boolean>();
  enumValues: { readonly type: QualifiedName; readonly value: string; readonly transaction: number }[] = [];
  /** Milliseconds; undefined or 0: no limit. */
  lockTimeout: number | undefined;
  statementTimeout: number | undefined;
  /** What a rule says once per file only. */
  readonly said = new Set<string>();
  /** Names of settings that end with the transaction. */
  localSettings: ('lockTimeout' | 'statementTimeout')[] = [];

  constructor(options: {
    readonly server: number;
    readonly catalog: Catalog | undefined;
    readonly opener: Opener | undefined;
    readonly lockTimeout: number | undefined;
    readonly statementTimeout: number | undefined;
  }) {
    this.server = options.server;
    this.catalog = options.catalog;
    this.opener = options.opener;
    this.lockTimeout = options.lockTimeout;
    this.statementTimeout = options.statementTimeout;
  }

  /**
   * Whether the file itself made the table, view or index (of such a table): nobody else uses it yet, so nobody waits for
   * its locks.
   */
  isNew(relation: QualifiedName): boolean {
    if (relation.schema === 'pg_temp' || this.tables.get(keyOf(relation))?.created === true) return true;
    const index = this.indexes.get(relation.name);
    return index !== undefined && this.tables.get(index.table)?.created === true;
  }

  facts(table: QualifiedName): TableFacts | undefined {
    return this.isNew(table) ? undefined : this.catalog?.table(table);
  }

  /** Type and nullability, from the file or from the catalog. */
  column(table: QualifiedName, column: string): ColumnMemo | undefined {
    const own = this.tables.get(keyOf(table))?.columns.get(column);
    if (own !== undefined) return own;
    const fact = this.facts(table)?.columns.get(column);
    return fact === undefined
      ? undefined
      : { type: fact.type, modifiers: fact.modifiers, notNull: fact.notNull, addedIn: undefined };
  }

  /** Whether a validated constraint already says that the column is never null, so that SET NOT NULL need not look. */
  provedNotNull(table: QualifiedName, column: string): boolean {
    if (this.column(table, column)?.notNull === true) return true;
    if (this.facts(table)?.provedNotNull.includes(column) === true) return true;
    const key = keyOf(table);
    return [...this.constraints.values()].some(
      (each) => each.table === key && each.valid && each.notNull.includes(column),
    );
  }

  constraint(table: QualifiedName, name: string): ConstraintMemo | undefined {
    return this.constraints.get(`${keyOf(table)} ${name}`);
  }

  /** Whether there is one from here on: made by this file, or replaced. */
  isPresent(object: string, name: QualifiedName): boolean {
    return this.present.has(`${object} ${keyOf(name)}`);
  }

  /** Something happened that could not be read: nothing that was known before it counts. */
  forgetAll(): void {
    for (const known of [this.tables, this.indexes, this.constraints]) known.clear();
    for (const known of [this.created, this.present, this.volatilities, this.domains]) known.clear();
    this.enumValues = [];
  }

  /** The strongest lock that this transaction holds on a table that others use. */
  strongestHeld(): Held | undefined {
    return [...this.held.values()].find(({ mode }) => mode === 'ACCESS EXCLUSIVE') ?? [...this.held.values()][0];
  }
}
