import type { Pool } from 'pg';

/** The story's subject: insurance claims go from 2.8.0 to 3.0.0. */
export const schemaPath = 'schemas/insurance-claim.json';
export const migrationPath = 'migrations/insurance-claim/3.0.0.yml';
export const table = 'claims';

const properties = {
  claim_id: { type: 'string', minLength: 1 },
  claim_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  claim_amount: {
    description: 'What is claimed, in the currency of the policy.',
    type: 'string',
    pattern: '^(0|[1-9]\\d*)\\.\\d{2}$',
    maxLength: 15,
    examples: ['1500.00'],
  },
  status: { enum: ['open', 'in review', 'paid', 'refused'] },
  policy_number: { type: 'string', minLength: 1 },
};

const claim = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://schemas.example.com/insurance-claim.json',
  title: 'Insurance claim',
  version: '2.8.0',
  type: 'object',
  properties,
  required: ['claim_id', 'claim_amount', 'status'],
  additionalProperties: false,
};

export const schemaBefore = json(claim);

/** Amounts become numbers, every claim names its policy, and an adjuster may be named. */
export const schemaAfter = json({
  ...claim,
  version: '3.0.0',
  properties: {
    ...properties,
    claim_amount: { description: properties.claim_amount.description, type: 'number', minimum: 0 },
    adjuster: { type: 'string' },
  },
  required: [...claim.required, 'policy_number'],
});

export const migration = `# How stored claims go from 2.8.0 to 3.0.0.
from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - default: { at: /policy_number, value: UNASSIGNED }
`;

export const configuration = `schemas:
  - files: schemas/**/*.json
    compatibility: BACKWARD
    target: claims
targets:
  claims: { table: ${table}, key: id, document: claim }
approval:
  - { name: platform, require: 1, teams: [acme/platform] }
`;

/** How many of the records lack a policy number; the same in any table of at least this many. */
export const withoutPolicy = 47;

/** Fills the table with valid 2.8.0 documents, `withoutPolicy` of them without a policy number. */
export async function fillTable(pool: Pool, records: number): Promise<void> {
  await pool.query(`CREATE TABLE ${table} (id bigint PRIMARY KEY, claim jsonb NOT NULL)`);
  await pool.query(
    `INSERT INTO ${table} (id, claim)
     SELECT n, jsonb_build_object(
         'claim_id', 'CLM-' || lpad(n::text, 8, '0'),
         'claim_date', to_char(date '2020-01-01' + (n % 2000)::int, 'YYYY-MM-DD'),
         'claim_amount', to_char((n * 7919 % 1000000) / 100.0, 'FM9999990.00'),
         'status', (ARRAY['open', 'in review', 'paid', 'refused'])[1 + n % 4])
       || CASE WHEN n % ($1 / $2) = 0 AND n / ($1 / $2) <= $2 THEN '{}'::jsonb
          ELSE jsonb_build_object('policy_number', 'POL-' || lpad((n * 31 % 1000000)::text, 6, '0')) END
     FROM generate_series(1, $1::bigint) AS n`,
    [records, withoutPolicy],
  );
  await pool.query(`ANALYZE ${table}`);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
