import type { ClientBase } from 'pg';

/** One change of the registry's own tables. */
export interface RegistryMigration {
  readonly id: number;
  readonly sql: string;
  /** What SQL cannot do, after it, in the same transaction. */
  readonly then?: (client: ClientBase) => Promise<void>;
}
