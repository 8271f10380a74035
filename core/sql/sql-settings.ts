import type { Severity } from './finding.ts';

/** What the configuration says of SQL migrations, defaults filled in. */
export interface SqlSettings {
  /** Globs of the migrations. */
  readonly files: readonly string[];
  /** Major version of the oldest server that they must run on. */
  readonly serverVersion: number;
  /** Whether the tool that runs a file wraps it in a transaction. */
  readonly inTransaction: boolean;
  /** Timeouts that the tool sets before it runs a file, as PostgreSQL writes them (`200ms`). */
  readonly lockTimeout?: string;
  readonly statementTimeout?: string;
  /** The least severe findings that make the check fail. A file that PostgreSQL does not understand always does. */
  readonly failOn: 'error' | 'warning' | 'never';
  /** Where it is not the rule's own, by the rule's id. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly waivers: readonly SqlWaiver[];
  /** Logical name of the database whose table sizes and types count. */
  readonly database: string;
  readonly tableSize: TableSize;
}

/** Says that a rule does not count for some files, and why. */
export interface SqlWaiver {
  readonly rule: string;
  /** A glob. */
  readonly files: string;
  readonly reason: string;
}

/** What size does to a finding whose harm grows with the table. In rows, as the server's statistics estimate them. */
export interface TableSize {
  /** Up to here (and up to 16 MiB) it is advice. */
  readonly small: number;
  /** From here on it is an error. */
  readonly large: number;
}

export const defaultSqlSettings: SqlSettings = {
  files: ['migrations/**/*.sql'],
  serverVersion: 14,
  inTransaction: false,
  failOn: 'error',
  severities: {},
  waivers: [],
  database: 'default',
  // 10,000 rows are read before a person notices; 1,000,000 keep clients waiting for seconds.
  tableSize: { small: 10_000, large: 1_000_000 },
};
