import type { Change } from '../../../../core/compatibility/change.ts';
import type { Comparison } from '../../../../core/compatibility/comparison.ts';
import type { Links, ReportInput } from '../../../../core/rendering/comment/input.ts';
import type { Fingerprint, Review, SchemaReview } from '../../../../core/review/review.ts';

const compatible = { verdict: 'compatible' } as const;

/** Both versions of the schema, as they stand in the repository. */
const claimBefore = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://acme.example/schemas/insurance-claim",
  "version": "2.8.0",
  "type": "object",
  "properties": {
    "claim_id": {
      "type": "string"
    },
    "policy_number": {
      "type": "string"
    },
    "claim_amount": {
      "type": "string"
    }
  },
  "required": [
    "claim_id"
  ]
}
`;
const claimAfter = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://acme.example/schemas/insurance-claim",
  "version": "3.0.0",
  "type": "object",
  "properties": {
    "claim_id": {
      "type": "string"
    },
    "policy_number": {
      "type": "string"
    },
    "claim_amount": {
      "type": "number"
    },
    "adjuster": {
      "type": "string"
    }
  },
  "required": [
    "claim_id",
    "policy_number"
  ]
}
`;

export const amountChange: Change = {
  kind: 'type-changed',
  specName: 'FIELD_TYPE_CHANGED',
  pointer: '/properties/claim_amount/type',
  side: 'new',
  path: 'schemas/insurance-claim.json',
  line: 14,
  subject: 'claim_amount',
  summary: 'string → number',
  before: 'string',
  after: 'number',
  backward: {
    verdict: 'breaking',
    witness: { claim_id: 'a', claim_amount: '1500.00' },
    violation: { at: '/claim_amount', message: 'must be number' },
  },
  forward: {
    verdict: 'breaking',
    witness: { claim_id: 'a', claim_amount: 1500 },
    violation: { at: '/claim_amount', message: 'must be string' },
  },
  breaks: 'services on 3.0.0 reading old records',
  alternative: 'add `claim_amount_value` (number), fill it, and drop `claim_amount` in a later major version.',
};

export const policyChange: Change = {
  kind: 'required-added',
  specName: 'REQUIRED_ADDED',
  pointer: '/required/1',
  side: 'new',
  path: 'schemas/insurance-claim.json',
  line: 22,
  subject: 'policy_number',
  summary: 'becomes required',
  after: 'policy_number',
  backward: {
    verdict: 'breaking',
    witness: { claim_id: 'a', claim_amount: '1500.00' },
    violation: { at: '', message: "must have required property 'policy_number'" },
  },
  forward: compatible,
  breaks: 'services on 3.0.0 reading old records',
  alternative: 'leave it optional and give it a default where it is read.',
};

export const adjusterChange: Change = {
  kind: 'property-added',
  pointer: '/properties/adjuster',
  side: 'new',
  path: 'schemas/insurance-claim.json',
  line: 16,
  subject: 'adjuster',
  summary: 'added, optional',
  after: { type: 'string' },
  backward: compatible,
  forward: compatible,
};

export function comparisonOf(changes: readonly Change[], over: Partial<Comparison> = {}): Comparison {
  const broken = changes.find(({ backward }) => backward.verdict !== 'compatible');
  return {
    backward: broken?.backward ?? compatible,
    forward: compatible,
    changes,
    mode: 'BACKWARD',
    verdict: broken?.backward.verdict ?? 'compatible',
    ...over,
  };
}

export const claim: SchemaReview = {
  name: 'insurance-claim',
  path: 'schemas/insurance-claim.json',
  set: { files: 'schemas/**/*.json', compatibility: 'BACKWARD', formatAssertion: false, target: 'claims' },
  change: 'modified',
  oldText: claimBefore,
  newText: claimAfter,
  oldVersion: '2.8.0',
  newVersion: '3.0.0',
  comparison: comparisonOf([amountChange, policyChange, adjusterChange]),
  verdict: 'breaking',
  advice: { bump: 'major', recommended: '3.0.0', declared: '3.0.0', honest: true },
  fingerprint: '7f3c'.padEnd(64, '0') as Fingerprint,
  migration: {
    status: 'given',
    path: 'migrations/insurance-claim/3.0.0.yml',
    text: '',
    proof: { result: 'proved' },
    losses: [],
    operations: ['cast claim_amount from string to number', 'default policy_number to "UNKNOWN"'],
  },
};

export const payment: SchemaReview = {
  ...claim,
  name: 'payment',
  path: 'schemas/payment.json',
  oldText: '{\n  "version": "1.2.0",\n  "properties": {\n    "amount": { "type": "number" }\n  }\n}\n',
  newText:
    '{\n  "version": "1.3.0",\n  "properties": {\n    "amount": { "type": "number" },\n    "adjuster": { "type": "string" }\n  }\n}\n',
  oldVersion: '1.2.0',
  newVersion: '1.3.0',
  comparison: comparisonOf([{ ...adjusterChange, path: 'schemas/payment.json' }]),
  verdict: 'compatible',
  advice: { bump: 'minor', recommended: '1.3.0', declared: '1.3.0', honest: true },
  fingerprint: undefined,
  migration: { status: 'not-needed' },
};

export function reviewOf(schemas: readonly SchemaReview[], over: Partial<Review> = {}): Review {
  return {
    base: '1a2b3c4d5e6f',
    head: 'f6e5d4c3b2a1',
    schemas,
    problems: [],
    verdict: schemas.some(({ verdict }) => verdict !== 'compatible')
      ? 'breaking'
      : schemas.length
        ? 'compatible'
        : 'none',
    breakingCount: 0,
    fingerprint: schemas.find(({ fingerprint }) => fingerprint)?.fingerprint,
    ...over,
  };
}

export const links: Links = {
  line: (path, line, side) =>
    `https://github.example/acme/claims/blob/${side === 'new' ? 'f6e5d4c' : '1a2b3c4'}/${path}#L${line}`,
  create: (path) => `https://github.example/acme/claims/new/topic?filename=${encodeURIComponent(path)}`,
};

export function inputOf(review: Review, over: Partial<ReportInput> = {}): ReportInput {
  return {
    review,
    policy: {
      rules: [
        { name: 'platform', require: 1, users: [], teams: ['acme/platform'], permission: 'write', author: false },
      ],
    },
    impact: new Map(),
    baseBranch: 'main',
    links,
    fullReport: { text: 'the summary of this job', url: 'https://github.example/acme/claims/actions/runs/1' },
    ...over,
  };
}
