import { changeKinds } from '../compatibility/change-kinds.ts';
import { approvalSeverities, defaultRecordChange } from './approval-policy.ts';

/** Not a difference between two versions, and a change all the same. */
export const schemaRemoved = 'schema-removed';

const glob = { type: 'string', minLength: 1, maxLength: 500 };
const kinds = {
  type: 'array',
  minItems: 1,
  items: { enum: [...new Set(changeKinds.map(({ id }) => id)), schemaRemoved] },
};
const requirements = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: { $ref: '#/definitions/approval-requirement' },
};
/** What a window says is read by the App, which alone has to know. */
const window = { type: 'string', minLength: 1, maxLength: 200 };
const when = { $ref: '#/definitions/approval-conditions' };

function group(word: 'and' | 'or'): object {
  return {
    type: 'object',
    required: [word],
    additionalProperties: false,
    properties: { [word]: { $ref: '#/definitions/approval-requirements' }, when },
  };
}

/** What `approval:` may say: a list of rules, or the list as `rules` beside settings. */
export const approvalSchema = {
  description: 'Who must approve a breaking change. All rules must be met.',
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: {
    required: ['rules'],
    additionalProperties: false,
    properties: {
      rules: { $ref: '#/definitions/approval-requirements' },
      'keep-on-push': {
        type: 'boolean',
        default: true,
        description: 'Whether an approval survives pushes that leave alone what was approved.',
      },
      'merge-before-conditions': {
        type: 'boolean',
        default: true,
        description:
          'Whether a merge is possible while conditions of the approval are open. The run waits for them anyway.',
      },
      windows: {
        type: 'object',
        maxProperties: 50,
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,39}$' },
        additionalProperties: window,
        description: 'Windows by name, such as nightly: "0 2 * * * Europe/Berlin for 3h".',
      },
      'start-in': {
        ...window,
        description: 'When runs may work: the name of a window, or one as it is written. Default: at any time.',
      },
      'record-change': {
        type: 'number',
        minimum: 0,
        maximum: 10000,
        default: defaultRecordChange,
        description: 'Percent by which the number of records may have changed between approval and run.',
      },
    },
  },
  else: { $ref: '#/definitions/approval-requirements' },
};

/** For the root of the schema, since requirements hold requirements. */
export const approvalDefinitions = {
  'approval-requirements': requirements,
  'approval-requirement': {
    if: { required: ['or'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: group('or'),
    else: {
      if: { required: ['and'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: group('and'),
      else: { $ref: '#/definitions/approval-rule' },
    },
  },
  'approval-rule': {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      require: { type: 'integer', minimum: 1, maximum: 20, default: 1 },
      users: {
        type: 'array',
        items: { type: 'string', pattern: '^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}(?:_[A-Za-z0-9]+)?$' },
        description: 'GitHub logins, without @.',
      },
      teams: {
        type: 'array',
        items: { type: 'string', pattern: '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$' },
        description: 'Teams as organisation/team, without @.',
      },
      codeowners: {
        type: 'boolean',
        default: false,
        description: 'Whether those count whom CODEOWNERS of the base branch names for the schema.',
      },
      permission: {
        enum: ['write', 'maintain', 'admin'],
        default: 'write',
        description: 'Permission that counts when nobody is named.',
      },
      author: { type: 'boolean', default: false, description: 'Whether the author of the pull request counts.' },
      committer: {
        type: 'boolean',
        description: 'Whether those count who wrote commits of the pull request. Default: as the author.',
      },
      when,
    },
  },
  'approval-conditions': {
    description: 'When the rule is asked. All that are given must hold, of one and the same schema.',
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      schemas: { type: 'array', minItems: 1, items: glob, description: 'Globs such as schemas/claims/**.' },
      changes: { ...kinds, description: 'One of the changes is of one of these kinds.' },
      'only-changes': { ...kinds, description: 'All of the changes are of these kinds.' },
      severity: {
        type: 'array',
        minItems: 1,
        items: { enum: [...approvalSeverities] },
        description: 'The step that the version must make.',
      },
      'records-above': {
        type: 'integer',
        minimum: 0,
        description: 'More stored records than this are touched. Not known counts as more.',
      },
      environment: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', minLength: 1, maxLength: 100 },
        description: '`environment` of the target that holds the records.',
      },
      lossy: { type: 'boolean', description: 'Whether the migration loses something.' },
      undecided: { type: 'boolean', description: 'Whether the verdict is undecided.' },
    },
  },
};
