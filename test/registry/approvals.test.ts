import { expect, it } from 'vitest';
import { currentApproval, invalidateApprovals, saveApproval } from '../../registry/approvals.ts';
import { createTestRegistry } from '../support/registry.ts';

const approval = {
  repository: 'acme/claims',
  pullRequest: 7,
  head: 'abc',
  fingerprint: 'whole',
  parts: [{ path: 'schemas/claim.json', fingerprint: 'part' }],
  decision: { state: 'approved', by: ['platform-engineer'], rules: [] },
  by: ['platform-engineer'],
  policyHash: 'p1',
} as const;

it('keeps one current approval of a pull request, which can be taken back', async () => {
  const { pool } = await createTestRegistry();
  const of = { repository: 'acme/claims', pullRequest: 7 };
  expect(await currentApproval(pool, of)).toBeUndefined();
  await saveApproval(pool, approval);
  await saveApproval(pool, { ...approval, head: 'def', fingerprint: 'other' });
  expect(await currentApproval(pool, of)).toMatchObject({ ...approval, head: 'def', fingerprint: 'other' });
  expect(await invalidateApprovals(pool, { ...of, reason: 'the breaking set changed' })).toBe(1);
  expect(await currentApproval(pool, of)).toBeUndefined();
  expect(await invalidateApprovals(pool, { ...of, reason: 'again' })).toBe(0);
  await saveApproval(pool, approval);
  expect(await currentApproval(pool, of)).toMatchObject(approval);
  expect(await currentApproval(pool, { ...of, pullRequest: 8 })).toBeUndefined();
});
