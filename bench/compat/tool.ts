/** Schemas of one row, and which draft they are. */
export interface Row {
  readonly id: string;
  readonly set: string;
  readonly draft: string;
  readonly old: unknown;
  readonly new: unknown;
  /** Known answers: is every document of the first valid under the second? null: not known. */
  readonly backward: boolean | null;
  readonly forward: boolean | null;
  readonly formatAssertion: boolean;
  /** Counted for "wrong compatible" only: optional parts of the standard, rows that need remote files, or whose oracle is in doubt. */
  readonly isAside: boolean;
  /** The oracle itself is in doubt: counted for nothing. */
  readonly isDisputed: boolean;
}

export type Answer = 'compatible' | 'breaking' | 'none';

export interface Decision {
  readonly backward: Answer;
  readonly forward: Answer;
  /** Documents that show the breaks, from a tool that has them. */
  readonly witnesses?: { readonly backward?: unknown; readonly forward?: unknown };
}

/** Something that compares two schemas. `none`: it gave up, or does not know. */
export interface Tool {
  readonly name: string;
  /** For the slow: how many rows of a set it is asked at most, spread evenly. */
  readonly rowsPerSet?: number;
  /** Both directions of one pair, and the milliseconds they took. */
  decide(row: Row): Promise<Decision & { readonly milliseconds: number }>;
  /** Ends what it started. */
  close?(): Promise<void>;
}

/** A peer runs in this process's thread and knows nothing of time. */
export type Peer = (row: Row) => Decision | Promise<Decision>;
