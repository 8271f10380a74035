import { expect, it } from 'vitest';
import { holdPush } from '../../../registry/held-pushes.ts';
import { createRun } from '../../../registry/runs/create.ts';
import { moveRun } from '../../../registry/runs/move.ts';
import { waitingPullRequests } from '../../../registry/runs/waiting.ts';
import { claimOrder } from '../../support/claims.ts';
import { createTestRegistry } from '../../support/registry.ts';

it('are the pull requests with a run that has not started, and no pushes', async () => {
  const { pool } = await createTestRegistry();
  const order = (pullRequest: number, path = 'schemas/claim.json') =>
    createRun(
      pool,
      claimOrder({ repository: 'Acme/Claims', mergeCommit: `m${pullRequest}`, pullRequest, path, installationId: 5 }),
    );
  await order(1);
  await order(1, 'schemas/policy.json');
  await moveRun(pool, await order(2), 'planned', 'prechecking');
  await order(3);
  await order(0);
  await holdPush(pool, 'Acme/Claims', { base: 'b', head: 'm3', issue: 3, pushers: ['developer'] });
  expect(await waitingPullRequests(pool)).toEqual([{ repository: 'Acme/Claims', pullRequest: 1, installationId: 5 }]);
});
