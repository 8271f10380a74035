import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { invalidateApprovals, saveApproval } from '../../registry/approvals.ts';
import {
  conditionsOfApproval,
  countOpenConditions,
  keepConditions,
  listConditions,
  tickCondition,
} from '../../registry/conditions.ts';
import { createTestRegistry } from '../support/registry.ts';

let registry: Pool;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
});

const of = { repository: 'Acme/Claims', pullRequest: 1, fingerprint: 'one' };
const developer = (...conditions: string[]) => ({ login: 'developer', source: 'review:1', conditions });
const words = async (key = of): Promise<string[]> =>
  (await listConditions(registry, key)).map(
    ({ position, words: text, metBy }) => `${position} ${text} ${metBy ?? 'open'}`,
  );

it('keeps conditions once, in their order, and apart for every content', async () => {
  await keepConditions(registry, of, [developer('a', 'b')]);
  await keepConditions(registry, of, [
    developer('a', 'b'),
    { login: 'release-manager', source: 'comment:2', conditions: ['a'] },
  ]);
  expect(await words()).toEqual(['1 a open', '2 b open', '3 a open']);
  expect(await words({ ...of, fingerprint: 'two' })).toEqual([]);
});

it('forgets none whose opinion counts, whatever its text has become', async () => {
  await keepConditions(registry, of, [developer('a', 'b')]);
  await keepConditions(registry, of, [developer()]);
  expect(await words()).toEqual(['1 a open', '2 b open']);
});

it('leaves out those of an opinion that is gone, and takes them back as they were', async () => {
  await keepConditions(registry, of, [developer('a', 'b')]);
  await tickCondition(registry, of, 1, 'developer');
  await keepConditions(registry, of, [{ login: 'developer', source: 'review:2', conditions: [] }]);
  expect(await words()).toEqual([]);
  expect(await tickCondition(registry, of, 2, 'developer')).toBe(false);
  await keepConditions(registry, of, [developer('a', 'b')]);
  expect(await words()).toEqual(['1 a developer', '2 b open']);
});

it('is ticked once, by whoever is first', async () => {
  await keepConditions(registry, of, [developer('a')]);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => tickCondition(registry, of, 1, `p${n}`)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await tickCondition(registry, of, 9, 'developer')).toBe(false);
});

it('counts those of the approval that there is now', async () => {
  const approval = {
    head: 'h',
    parts: [],
    by: ['developer'],
    policyHash: 'p',
    decision: { state: 'not-needed' },
  } as const;
  await saveApproval(registry, { ...of, ...approval });
  await keepConditions(registry, of, [developer('a', 'b')]);
  await keepConditions(registry, { ...of, fingerprint: 'two' }, [developer('c')]);
  expect(await countOpenConditions(registry, of)).toBe(2);
  await tickCondition(registry, of, 1, 'developer');
  expect(await countOpenConditions(registry, of)).toBe(1);
  expect(await conditionsOfApproval(registry, of)).toEqual(['a', 'b']);
  await saveApproval(registry, { ...of, ...approval, fingerprint: 'two' });
  expect(await conditionsOfApproval(registry, of)).toEqual(['c']);
  await invalidateApprovals(registry, { ...of, reason: 'dismissed' });
  expect(await countOpenConditions(registry, of)).toBe(0);
});
