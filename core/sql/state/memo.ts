/** A table that the file made or changed. */
export interface TableMemo {
  readonly created: boolean;
  /** The transaction that made it. */
  readonly transaction: number;
  readonly columns: Map<string, ColumnMemo>;
}

export interface ColumnMemo {
  /** As the parser names built-in types. */
  readonly type: string;
  readonly modifiers: readonly number[];
  readonly notNull: boolean;
  /** Transaction that added the column to an existing table. */
  readonly addedIn: number | undefined;
}

export interface IndexMemo {
  readonly table: string;
  readonly columns: readonly (string | undefined)[];
  readonly concurrently: boolean;
}

export interface ConstraintMemo {
  /** Key of its table. */
  readonly table: string;
  readonly kind: string;
  readonly valid: boolean;
  /** Transaction that added it. */
  readonly transaction: number;
  /** Columns that it proves not null once it is valid. */
  readonly notNull: readonly string[];
}
