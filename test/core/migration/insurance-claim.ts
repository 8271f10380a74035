import type { SchemaBundle } from '../../../core/schema/document.ts';
import type { Json } from '../../../core/schema/json.ts';
import { parseSchema } from '../../../core/schema/parse.ts';

export function bundleOf(value: Json, path = 'schemas/insurance-claim.json'): SchemaBundle {
  const root = parseSchema({ path, text: JSON.stringify(value) }, { defaultDialect: '2020-12' });
  return { root, files: new Map() };
}

const claim = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['claim_id', 'claim_amount'],
  properties: {
    claim_id: { type: 'string' },
    claim_amount: { type: 'string' },
    policy_number: { type: 'string' },
  },
};

/** 2.8.0 of the story: amounts are text, the policy number is optional. */
export const oldClaim = bundleOf(claim);

/** 3.0.0 of the story: amounts are numbers, the policy number is required. */
export const newClaim = bundleOf({
  ...claim,
  required: ['claim_id', 'claim_amount', 'policy_number'],
  properties: { ...claim.properties, claim_amount: { type: 'number' } },
});
