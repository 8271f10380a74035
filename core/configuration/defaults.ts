import type { ApprovalPolicy } from './approval-policy.ts';
import type { Configuration, SchemaSet } from './configuration.ts';

export const configurationPath = '.github/sluice.yml';

export const defaultSchemas: readonly SchemaSet[] = [
  { files: 'schemas/**/*.{json,yaml,yml}', compatibility: 'BACKWARD', formatAssertion: false },
];

/** One approval of anyone who may write, but not of the author. */
export const defaultApproval: ApprovalPolicy = {
  rules: [{ name: 'approval', require: 1, users: [], teams: [], permission: 'write', author: false }],
  isDefault: true,
};

/** What applies to a repository without `.github/sluice.yml`. */
export const defaultConfiguration: Configuration = {
  schemas: defaultSchemas,
  targets: new Map(),
  approval: defaultApproval,
  failOn: 'breaking',
};
