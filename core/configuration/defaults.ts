import type { ApprovalRule, Configuration, SchemaSet } from './configuration.ts';

export const configurationPath = '.github/sluice.yml';

export const defaultSchemas: readonly SchemaSet[] = [
  { files: 'schemas/**/*.{json,yaml,yml}', compatibility: 'BACKWARD', formatAssertion: false },
];

export const defaultRules: readonly ApprovalRule[] = [
  { name: 'approval', require: 1, users: [], teams: [], permission: 'write', author: false },
];

/** What applies to a repository without `.github/sluice.yml`. */
export const defaultConfiguration: Configuration = {
  schemas: defaultSchemas,
  targets: new Map(),
  approval: { rules: defaultRules },
  failOn: 'breaking',
};
