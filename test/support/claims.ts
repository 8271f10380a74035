import type { Pool } from 'pg';
import { reviewSchema } from '../../core/review/review-schema.ts';
import { saveApproval } from '../../registry/approvals.ts';
import { createRun } from '../../registry/runs/create.ts';
import type { RunOrder } from '../../registry/runs/order.ts';
import { orderOf } from './order.ts';

const schema = (version: string, amount: string, required: readonly string[]) =>
  JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    version,
    type: 'object',
    properties: {
      claim_id: { type: 'string' },
      claim_amount: { type: amount },
      policy_number: { type: 'string' },
      note: { type: 'string' },
    },
    required,
  });

const migration = `schema: claim
from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - default: { at: /policy_number, value: UNKNOWN }
`;

/** An order to make amounts of claims numbers and their policy numbers required. */
export function claimOrder(part: Partial<RunOrder> = {}): RunOrder {
  return orderOf({
    fromVersion: '2.8.0',
    toVersion: '3.0.0',
    oldText: schema('2.8.0', 'string', ['claim_id', 'claim_amount']),
    newText: schema('3.0.0', 'number', ['claim_id', 'claim_amount', 'policy_number']),
    migrationPath: 'migrations/claim/3.0.0.yml',
    migrationText: migration,
    ...part,
  });
}

let merges = 0;

/** Makes the run of an order, with the fingerprint and the approval that it needs. */
export async function orderClaims(registry: Pool, part: Partial<RunOrder> = {}): Promise<string> {
  merges += 1;
  const order = claimOrder({ mergeCommit: `merge-${merges}`, pullRequest: merges, ...part });
  const fingerprint = await fingerprintOfOrder(order);
  await saveApproval(registry, {
    repository: order.repository,
    pullRequest: order.pullRequest,
    head: 'head',
    fingerprint,
    parts: [{ path: order.path, fingerprint }],
    decision: { state: 'approved', by: ['platform-engineer'], rules: [] },
    by: ['platform-engineer'],
    policyHash: 'policy',
  });
  return createRun(registry, { ...order, fingerprint });
}

export async function fingerprintOfOrder(order: RunOrder): Promise<string> {
  const { review } = await reviewSchema(
    {
      path: order.path,
      set: {
        files: order.path,
        compatibility: order.mode,
        target: order.target.name,
        formatAssertion: order.formatAssertion,
      },
      change: 'modified',
      target: order.target,
    },
    { read: (path) => Promise.resolve(path === order.path ? order.oldText : undefined) },
    {
      read: (path) =>
        Promise.resolve(
          path === order.path
            ? order.newText
            : path === order.migrationPath
              ? order.migrationText
              : order.files?.new[path],
        ),
    },
  );
  if (review?.fingerprint === undefined) throw new Error('The change needs no approval.');
  return review.fingerprint;
}

/** A table of claims of the old version; every tenth lacks its policy number. */
export async function createClaims(
  target: Pool,
  options: { rows?: number; key?: string; keyValue?: string; table?: string } = {},
): Promise<void> {
  const { rows = 1000, key = 'bigint GENERATED ALWAYS AS IDENTITY', keyValue, table = 'claims' } = options;
  await target.query(`CREATE TABLE ${table} (
    id ${key} PRIMARY KEY, document jsonb NOT NULL, region text NOT NULL DEFAULT 'north', created timestamptz DEFAULT now())`);
  await target.query(
    `INSERT INTO ${table} (${keyValue === undefined ? '' : 'id, '}document)
     SELECT ${keyValue === undefined ? '' : `${keyValue}, `} ${claimSql('n')} FROM generate_series(1, $1::int) AS n`,
    [rows],
  );
}

/** SQL for the document of claim number `n`, of the old version. */
export function claimSql(n: string): string {
  return `jsonb_build_object('claim_id', 'C-' || ${n}, 'claim_amount', (${n} * 1.10)::numeric(20, 2)::text)
    || CASE WHEN ${n} % 10 = 0 THEN '{}'::jsonb ELSE jsonb_build_object('policy_number', 'P-' || ${n}) END`;
}
