import type { CompatibilityMode } from '../compatibility/verdict.ts';
import type { SqlSettings } from '../sql/sql-settings.ts';
import type { ApprovalPolicy } from './approval-policy.ts';

export type { ApprovalPolicy, ApprovalRule } from './approval-policy.ts';

/** `.github/sluice.yml`, read and checked, defaults filled in. Always taken from the base branch. */
export interface Configuration {
  readonly schemas: readonly SchemaSet[];
  /** By name. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly approval: ApprovalPolicy;
  /** When the Action fails: on `breaking` (undecided counts as breaking), or `never`. */
  readonly failOn: 'breaking' | 'never';
  /** Severities of rules where they are not the rule's own, by the rule's id. */
  readonly rules?: ReadonlyMap<string, 'error' | 'warning' | 'notice' | 'off'>;
  readonly waivers?: readonly Waiver[];
  readonly accept?: readonly Acceptance[];
  readonly consumers?: readonly Consumer[];
  readonly deprecated?: readonly Deprecation[];
  /** About SQL migrations; absent: `defaultSqlSettings`. */
  readonly sql?: SqlSettings;
}

/** Says that a rule does not count for some files, and why. */
export interface Waiver {
  readonly rule: string;
  /** A glob. */
  readonly files: string;
  readonly reason: string;
  /** The last day on which it counts, 2026-12-31 in UTC. Absent: it has none. */
  readonly until?: string;
}

/** A service that stays on a version of a schema. `reads` or `writes` is there. */
export interface Consumer {
  readonly service: string;
  /** Name of the schema. */
  readonly schema: string;
  readonly reads?: string;
  readonly writes?: string;
  /** Path of a copy of that version on the base branch. */
  readonly file?: string;
}

/** Schemas that nothing should refer to any more. */
export interface Deprecation {
  /** A glob. */
  readonly files: string;
  readonly instead?: string;
}

/** Lets one known change pass although it breaks. */
export interface Acceptance {
  /** Of the schema's change, or of all changes of a pull request together: 64 hexadecimal characters. */
  readonly fingerprint: string;
  readonly reason: string;
  /** The last day on which it counts, 2026-12-31 in UTC. */
  readonly until: string;
}

/** Files that are schemas, and what is asked of their changes. The first set whose glob matches a path decides. */
export interface SchemaSet {
  readonly files: string;
  readonly compatibility: CompatibilityMode;
  /** Name of the target that holds the records; absent: no stored records, nothing to migrate. */
  readonly target?: string;
  readonly formatAssertion: boolean;
  /** What writers emit: `open`, any document that is valid; `closed`, declared properties only. Absent: open. */
  readonly producers?: 'open' | 'closed';
  /** `mutable`: one file per schema; `immutable`: one per version; `openapi`: the schemas of OpenAPI documents. Absent: mutable. */
  readonly layout?: 'mutable' | 'immutable' | 'openapi';
  /** How the paths of an immutable set end: `{name}/{version}`. Absent: as Iglu has it. */
  readonly naming?: string;
}

/** A table that holds the records of a schema. The database's address is never in the file: the runner's environment has it. */
export interface Target {
  readonly name: string;
  /** Logical name; its address is in SLUICE_DATABASE_<NAME>, or SLUICE_DATABASE_URL for `default`. */
  readonly database: string;
  /** `schema.table` or `table`. */
  readonly table: string;
  /** Primary key column. */
  readonly key: string;
  /** The json or jsonb column that holds the document. Absent: the columns are the properties, and a row is a record. */
  readonly document?: string;
  /** Such as `production`, for the approval policy. */
  readonly environment?: string;
}
