import type { QualifiedName } from '../action/name.ts';

/**
 * What a live database knows and the text of a migration does not. Rules that need it are silent without it.
 * A snapshot: whoever makes one reads everything first, so that linting stays free of waiting.
 */
export interface Catalog {
  /** Undefined: there is no such table. */
  table(name: QualifiedName): TableFacts | undefined;
  /** Undefined: there is no such index. */
  index(name: QualifiedName): IndexFacts | undefined;
  /** Whether the function may change anything or give another result next time; undefined: not known. */
  volatility(name: QualifiedName): 'immutable' | 'stable' | 'volatile' | undefined;
  /** Whether a domain has constraints; undefined: there is no such domain. */
  domainConstrained(name: QualifiedName): boolean | undefined;
}

export interface TableFacts {
  /** Estimated by the server's statistics; -1 when the table was never analysed. */
  readonly rows: number;
  /** Table, indexes and TOAST. */
  readonly bytes: number;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly indexes: readonly IndexFacts[];
  /** Columns that a validated CHECK constraint proves not null. */
  readonly provedNotNull: readonly string[];
  readonly dependents: readonly Dependent[];
  readonly policies: number;
}

export interface ColumnFacts {
  /** As the parser names built-in types: `int4`, `varchar`. */
  readonly type: string;
  /** Length of varchar and char, precision and scale of numeric; empty when not limited. */
  readonly modifiers: readonly number[];
  readonly notNull: boolean;
  /** Of an integer key: the share of its range that is used, from 0 to 1. */
  readonly used?: number;
}

export interface IndexFacts {
  readonly name: string;
  /** False after a CREATE INDEX CONCURRENTLY or REINDEX that failed. */
  readonly valid: boolean;
  readonly columns: readonly (string | undefined)[];
}

/** Something that stops working, or stops a statement, when a table or one of its columns goes. */
export interface Dependent {
  readonly kind: 'view' | 'function' | 'policy' | 'publication' | 'foreign key' | 'trigger';
  readonly name: string;
  /** Undefined: the table as a whole. */
  readonly column: string | undefined;
}
