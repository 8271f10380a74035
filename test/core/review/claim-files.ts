/** The insurance claim of the specification: version 2.8.0, and 3.0.0 that breaks it twice. */
export const claimPath = 'schemas/insurance-claim.json';
export const migrationPath = 'migrations/insurance-claim/3.0.0.yml';

const common = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Insurance claim',
  type: 'object',
  additionalProperties: false,
};

export const claim280 = text({
  ...common,
  version: '2.8.0',
  required: ['claim_id'],
  properties: {
    claim_id: { type: 'string' },
    claim_amount: { type: 'string', pattern: '^-?[0-9]{1,12}(\\.[0-9]{1,2})?$' },
    policy_number: { type: 'string' },
  },
});

export const claim300 = text({
  ...common,
  version: '3.0.0',
  required: ['claim_id', 'policy_number'],
  properties: {
    claim_id: { type: 'string' },
    claim_amount: { type: 'number' },
    policy_number: { type: 'string' },
  },
});

export const claim290 = text({
  ...common,
  version: '2.9.0',
  required: ['claim_id'],
  properties: {
    claim_id: { type: 'string' },
    claim_amount: { type: 'string', pattern: '^-?[0-9]{1,12}(\\.[0-9]{1,2})?$' },
    policy_number: { type: 'string' },
    adjuster: { type: 'string' },
  },
});

export const migration = `from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - default: { at: /policy_number, value: UNKNOWN }
`;

function text(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
