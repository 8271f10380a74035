import type { RunOrder } from '../../registry/runs/order.ts';

/** An order of a run, complete but for what a test is about. */
export function orderOf(part: Partial<RunOrder> = {}): RunOrder {
  return {
    repository: 'acme/claims',
    pullRequest: 7,
    mergeCommit: 'c0ffee',
    schema: 'claim',
    path: 'schemas/claim.json',
    fromVersion: '1.0.0',
    toVersion: '2.0.0',
    oldText: '{}',
    newText: '{}',
    migrationPath: 'migrations/claim/2.0.0.yml',
    migrationText: 'transform: []',
    target: { name: 'claims', database: 'default', table: 'claims', key: 'id', document: 'document' },
    formatAssertion: false,
    mode: 'BACKWARD',
    ...part,
  };
}
