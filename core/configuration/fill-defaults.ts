import type { CompatibilityMode } from '../compatibility/verdict.ts';
import type { Acceptance, Configuration, Consumer, Deprecation, Target, Waiver } from './configuration.ts';
import { defaultApproval, defaultSchemas } from './defaults.ts';
import { fillApproval, type WrittenApproval } from './fill-approval.ts';
import { fillLayout, type WrittenLayout } from './layout-section.ts';
import { fillSqlDefaults, type WrittenSqlSection } from './sql-section.ts';

/** The file as its author wrote it, after ajv has agreed with it. */
export interface WrittenConfiguration {
  readonly schemas?: readonly ({
    readonly files: string;
    readonly compatibility?: CompatibilityMode;
    readonly target?: string;
    readonly producers?: 'open' | 'closed';
    readonly 'format-assertion'?: boolean;
  } & WrittenLayout)[];
  readonly targets?: Readonly<
    Record<
      string,
      {
        readonly database?: string;
        readonly table: string;
        readonly key: string;
        readonly document?: string;
        readonly columns?: 'properties';
        readonly environment?: string;
      }
    >
  >;
  readonly approval?: WrittenApproval;
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'notice' | 'off'>>;
  readonly waivers?: readonly Waiver[];
  readonly accept?: readonly Acceptance[];
  readonly consumers?: readonly Consumer[];
  readonly deprecated?: readonly Deprecation[];
  readonly sql?: WrittenSqlSection;
  readonly 'fail-on'?: Configuration['failOn'];
}

/** What is not written has its default. */
export function fillDefaults(written: WrittenConfiguration): Configuration {
  return {
    schemas:
      written.schemas?.map((set) => ({
        files: set.files,
        compatibility: set.compatibility ?? 'BACKWARD',
        formatAssertion: set['format-assertion'] ?? false,
        ...(set.target === undefined ? {} : { target: set.target }),
        ...(set.producers === undefined ? {} : { producers: set.producers }),
        ...fillLayout(set),
      })) ?? defaultSchemas,
    targets: new Map(
      Object.entries(written.targets ?? {}).map(([name, target]): [string, Target] => [
        name,
        {
          name,
          database: target.database ?? 'default',
          table: target.table,
          key: target.key,
          ...(target.document === undefined ? {} : { document: target.document }),
          ...(target.environment === undefined ? {} : { environment: target.environment }),
        },
      ]),
    ),
    approval: written.approval === undefined ? defaultApproval : fillApproval(written.approval),
    failOn: written['fail-on'] ?? 'breaking',
    ...(written.rules === undefined ? {} : { rules: new Map(Object.entries(written.rules)) }),
    ...(written.waivers === undefined ? {} : { waivers: written.waivers }),
    ...(written.accept === undefined ? {} : { accept: written.accept }),
    ...(written.consumers === undefined ? {} : { consumers: written.consumers }),
    ...(written.deprecated === undefined ? {} : { deprecated: written.deprecated }),
    ...(written.sql === undefined ? {} : { sql: fillSqlDefaults(written.sql) }),
  };
}
