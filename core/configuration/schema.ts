import { compatibilityModes } from '../compatibility/verdict.ts';
import { rules } from '../review/rules/index.ts';
import { severities } from '../review/rules/rule.ts';
import { acceptanceSchema, lastDay, reasonText } from './acceptance-section.ts';
import { approvalDefinitions, approvalSchema } from './approval-schema.ts';
import { consumersSchema, deprecatedSchema } from './consumers-section.ts';
import { layoutProperties } from './layout-section.ts';
import { sqlSectionSchema } from './sql-section.ts';

const logicalName = {
  type: 'string',
  pattern: '^[a-z][a-z0-9_-]{0,62}$',
  description: 'A name in small letters, digits, - and _.',
};
const columnName = { type: 'string', minLength: 1, maxLength: 63 };

/** What `.github/sluice.yml` may say, as JSON Schema: checked by ajv here, and published as `sluice.schema.json` for editors. */
export const configurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Sluice configuration (.github/sluice.yml)',
  type: 'object',
  additionalProperties: false,
  definitions: approvalDefinitions,
  properties: {
    schemas: {
      description:
        'Which files are schemas, and what is asked of their changes. The first entry that matches a path decides.',
      type: 'array',
      minItems: 1,
      maxItems: 500,
      items: {
        type: 'object',
        required: ['files'],
        additionalProperties: false,
        properties: {
          files: { type: 'string', minLength: 1, maxLength: 500, description: 'A glob such as schemas/**/*.json.' },
          compatibility: { enum: compatibilityModes, default: 'BACKWARD' },
          target: { ...logicalName, description: 'Name of the target that holds the records of these schemas.' },
          producers: {
            enum: ['open', 'closed'],
            default: 'open',
            description:
              'What writers emit: open, any document that is valid; closed, declared properties only. With closed, a new optional property is compatible.',
          },
          ...layoutProperties,
          'format-assertion': {
            type: 'boolean',
            default: false,
            description: 'Whether `format` is checked, or an annotation only (as the standard has it).',
          },
        },
      },
    },
    targets: {
      description:
        'Tables that hold records, by name. Addresses of databases are never here: the runner has them in its environment.',
      type: 'object',
      propertyNames: { pattern: logicalName.pattern },
      additionalProperties: {
        type: 'object',
        required: ['table', 'key'],
        // Forgetting one must not mean the other.
        if: { not: { required: ['columns'] } },
        then: { required: ['document'] },
        additionalProperties: false,
        properties: {
          database: {
            ...logicalName,
            default: 'default',
            description:
              'Logical name; its address is in SLUICE_DATABASE_<NAME>, or SLUICE_DATABASE_URL for `default`.',
          },
          table: {
            type: 'string',
            pattern: '^[^.]{1,63}(\\.[^.]{1,63})?$',
            description: 'schema.table or table.',
          },
          key: { ...columnName, description: 'Primary key column.' },
          document: { ...columnName, description: 'The json or jsonb column that holds the record.' },
          columns: {
            enum: ['properties'],
            description: 'In place of `document`: the columns of the table are the properties of the record.',
          },
          environment: {
            type: 'string',
            minLength: 1,
            maxLength: 100,
            description: 'Such as production: rules of the approval policy can ask for it.',
          },
        },
      },
    },
    approval: approvalSchema,
    rules: {
      description: 'How severe the findings of a rule are. An error makes the check fail.',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        rules.map(({ id, asks, severity }) => [id, { enum: severities, default: severity, description: asks }]),
      ),
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
          rule: { enum: rules.map(({ id }) => id) },
          files: { type: 'string', minLength: 1, maxLength: 500, description: 'A glob such as schemas/legacy/**.' },
          reason: reasonText,
          until: lastDay,
        },
      },
    },
    accept: acceptanceSchema,
    consumers: consumersSchema,
    deprecated: deprecatedSchema,
    sql: sqlSectionSchema,
    'fail-on': {
      enum: ['breaking', 'never'],
      default: 'breaking',
      description: 'When the check in the workflow fails. Undecided counts as breaking.',
    },
  },
} as const;
