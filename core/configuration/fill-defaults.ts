import type { CompatibilityMode } from '../compatibility/verdict.ts';
import type { ApprovalRule, Configuration, Target, Waiver } from './configuration.ts';
import { defaultRules, defaultSchemas } from './defaults.ts';

/** The file as its author wrote it, after ajv has agreed with it. */
export interface WrittenConfiguration {
  readonly schemas?: readonly {
    readonly files: string;
    readonly compatibility?: CompatibilityMode;
    readonly target?: string;
    readonly producers?: 'open' | 'closed';
    readonly 'format-assertion'?: boolean;
  }[];
  readonly targets?: Readonly<
    Record<
      string,
      { readonly database?: string; readonly table: string; readonly key: string; readonly document: string }
    >
  >;
  readonly approval?: readonly {
    readonly name: string;
    readonly require?: number;
    readonly users?: readonly string[];
    readonly teams?: readonly string[];
    readonly permission?: ApprovalRule['permission'];
    readonly author?: boolean;
  }[];
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'notice' | 'off'>>;
  readonly waivers?: readonly Waiver[];
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
      })) ?? defaultSchemas,
    targets: new Map(
      Object.entries(written.targets ?? {}).map(([name, target]): [string, Target] => [
        name,
        {
          name,
          database: target.database ?? 'default',
          table: target.table,
          key: target.key,
          document: target.document,
        },
      ]),
    ),
    approval: {
      rules:
        written.approval?.map((rule) => ({
          name: rule.name,
          require: rule.require ?? 1,
          users: rule.users ?? [],
          teams: rule.teams ?? [],
          permission: rule.permission ?? 'write',
          author: rule.author ?? false,
        })) ?? defaultRules,
    },
    failOn: written['fail-on'] ?? 'breaking',
    ...(written.rules === undefined ? {} : { rules: new Map(Object.entries(written.rules)) }),
    ...(written.waivers === undefined ? {} : { waivers: written.waivers }),
  };
}
