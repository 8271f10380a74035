import type { Severity } from '../sql/finding.ts';
import { sqlRuleIds } from '../sql/rule-ids.ts';
import { defaultSqlSettings, type SqlSettings, type SqlWaiver } from '../sql/sql-settings.ts';

const glob = { type: 'string', minLength: 1, maxLength: 500 };
const time = {
  type: 'string',
  pattern: '^[0-9]+(\\.[0-9]+)? ?(us|ms|s|min|h|d)$',
  description: 'A time with its unit, such as 200ms or 2s.',
};
const logicalName = { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,62}$' };

/** What `sql:` may say, as JSON Schema. */
export const sqlSectionSchema = {
  description: 'SQL migrations for PostgreSQL: which files they are, and what is asked of them.',
  type: 'object',
  additionalProperties: false,
  properties: {
    files: {
      description: 'A glob of the migrations, or several.',
      anyOf: [glob, { type: 'array', minItems: 1, maxItems: 50, items: glob }],
      default: defaultSqlSettings.files[0],
    },
    'server-version': {
      type: 'integer',
      minimum: 14,
      maximum: 99,
      default: defaultSqlSettings.serverVersion,
      description: 'The oldest PostgreSQL that they must run on; a major version.',
    },
    'in-transaction': {
      type: 'boolean',
      default: false,
      description: 'Whether the tool that runs a file wraps it in a transaction.',
    },
    'lock-timeout': { ...time, description: `${time.description} Set by the tool before it runs a file.` },
    'statement-timeout': { ...time, description: `${time.description} Set by the tool before it runs a file.` },
    'fail-on': {
      enum: ['error', 'warning', 'never'],
      default: defaultSqlSettings.failOn,
      description: 'The least severe findings that make the check fail. A file that cannot be parsed always does.',
    },
    rules: {
      description: 'How severe the findings of a rule are, where it is not its own severity.',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(sqlRuleIds.map((id) => [id, { enum: ['error', 'warning', 'advice', 'off'] }])),
    },
    waivers: {
      description: 'Findings that do not count, and why.',
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['rule', 'files', 'reason'],
        additionalProperties: false,
        properties: {
          rule: { enum: sqlRuleIds },
          files: { ...glob, description: 'A glob such as migrations/legacy/**.' },
          reason: {
            type: 'string',
            pattern: '\\S.{4,}',
            maxLength: 500,
            description: 'Say why, so that the next reader knows.',
          },
        },
      },
    },
    database: {
      ...logicalName,
      default: defaultSqlSettings.database,
      description:
        'Logical name of the database whose table sizes count; its address is in SLUICE_DATABASE_<NAME>, or SLUICE_DATABASE_URL for `default`.',
    },
    'table-size': {
      description:
        'In rows, as the server estimates them: what locks or rewrites a table up to `small` (and 16 MiB) is advice, from `large` on an error. Without a database, rules keep their severity.',
      type: 'object',
      additionalProperties: false,
      properties: {
        small: { type: 'integer', minimum: 0, default: defaultSqlSettings.tableSize.small },
        large: { type: 'integer', minimum: 1, default: defaultSqlSettings.tableSize.large },
      },
    },
  },
} as const;

/** `sql:` as its author wrote it, after ajv has agreed with it. */
export interface WrittenSqlSection {
  readonly files?: string | readonly string[];
  readonly 'server-version'?: number;
  readonly 'in-transaction'?: boolean;
  readonly 'lock-timeout'?: string;
  readonly 'statement-timeout'?: string;
  readonly 'fail-on'?: SqlSettings['failOn'];
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  readonly waivers?: readonly SqlWaiver[];
  readonly database?: string;
  readonly 'table-size'?: { readonly small?: number; readonly large?: number };
}

/** What is not written has its default. */
export function fillSqlDefaults(written: WrittenSqlSection): SqlSettings {
  const { 'lock-timeout': lockTimeout, 'statement-timeout': statementTimeout, files } = written;
  return {
    files: files === undefined ? defaultSqlSettings.files : typeof files === 'string' ? [files] : files,
    serverVersion: written['server-version'] ?? defaultSqlSettings.serverVersion,
    inTransaction: written['in-transaction'] ?? defaultSqlSettings.inTransaction,
    ...(lockTimeout === undefined ? {} : { lockTimeout }),
    ...(statementTimeout === undefined ? {} : { statementTimeout }),
    failOn: written['fail-on'] ?? defaultSqlSettings.failOn,
    severities: written.rules ?? defaultSqlSettings.severities,
    waivers: written.waivers ?? defaultSqlSettings.waivers,
    database: written.database ?? defaultSqlSettings.database,
    tableSize: { ...defaultSqlSettings.tableSize, ...written['table-size'] },
  };
}
