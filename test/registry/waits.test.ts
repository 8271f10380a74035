import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { saveApproval } from '../../registry/approvals.ts';
import { keepConditions, tickCondition } from '../../registry/conditions.ts';
import { schedulesOf, setSchedule } from '../../registry/schedules.ts';
import { waitsOf } from '../../registry/waits.ts';
import { createTestRegistry } from '../support/registry.ts';

let registry: Pool;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  await saveApproval(registry, { ...of, ...approval });
});

const of = { repository: 'Acme/Claims', pullRequest: 1, fingerprint: 'one' };
const approval = {
  head: 'h',
  parts: [],
  by: ['developer'],
  policyHash: 'p',
  decision: { state: 'not-needed' },
} as const;
const run = {
  repository: 'Acme/Claims',
  pullRequest: 1,
  mergeCommit: 'c',
  path: 'schemas/claim.json',
  dryRun: undefined,
  fingerprint: 'part',
};
const under = (...conditions: string[]) =>
  keepConditions(registry, of, [{ login: 'developer', source: 'review:1', conditions }], {
    nightly: '0 2 * * * UTC for 3h',
  });
const at = (hour: number) => waitsOf(registry, run, new Date(Date.UTC(2026, 2, 1, hour)));

it('starts at once where nothing is asked', async () => {
  expect(await at(12)).toEqual([]);
});

it('waits for tasks until they are ticked, and for windows whatever is ticked', async () => {
  await under('tell the claims team', 'window nightly');
  expect(await at(3)).toEqual(['condition 1']);
  await tickCondition(registry, of, 1, 'developer');
  expect(await tickCondition(registry, of, 2, 'developer')).toBe(false);
  expect(await at(3)).toEqual([]);
  expect(await at(12)).toEqual(['its window `0 2 * * * UTC for 3h`, which opens 2026-03-02 02:00 UTC']);
});

it('keeps a window as it was when it was approved, whatever becomes of its name', async () => {
  await under('window nightly');
  await keepConditions(registry, of, [{ login: 'developer', source: 'review:1', conditions: ['window nightly'] }], {
    nightly: '* * * * * UTC for 1h',
  });
  expect(await at(12)).toHaveLength(1);
});

it('leaves a window that nobody knows to people', async () => {
  await under('window whenever');
  expect(await at(3)).toEqual(['condition 1']);
  expect(await tickCondition(registry, of, 1, 'developer')).toBe(true);
});

it('waits for a rehearsal of the very same order, and a rehearsal waits for nobody', async () => {
  await under('rehearsal passes', 'tell the claims team');
  const rehearsal = 'a rehearsal (condition 1), which `/sluice rehearse` orders';
  expect(await at(12)).toEqual([rehearsal, 'condition 2']);
  expect(await waitsOf(registry, { ...run, dryRun: true })).toEqual([]);
  await tickCondition(registry, of, 2, 'developer');
  const insert = (commit: string, part: string, finished: string) =>
    registry.query(
      `INSERT INTO sluice.runs (id, repository, pull_request, merge_commit, schema, path, old_text, new_text, files,
         migration_path, migration_text, target, format_assertion, mode, state, outcome, attempt, fingerprint, finished)
       VALUES ($1 || $2 || $3, 'Acme/Claims', 1, $1, 'claim', 'schemas/claim.json', '', '', '{}', '', '', '{}', false, 'BACKWARD',
         'cancelled', '{"rehearsed": true}', (SELECT count(*) + 1 FROM sluice.runs), $2, now() + $3::interval)`,
      [commit, part, finished],
    );
  await insert('other', 'part', '1s');
  // Before it was asked for, and of something else.
  await insert('c', 'part', '-1h');
  await insert('c', 'otherpart', '1s');
  expect(await at(12)).toEqual([rehearsal]);
  await insert('c', 'part', '1s');
  expect(await at(12)).toEqual([]);
});

it('waits for the windows of the policy and of a person, all of them', async () => {
  await setSchedule(registry, of, 'policy', { windows: ['0 2 * * * UTC for 3h'], setBy: 'policy' });
  expect(await at(3)).toEqual([]);
  await under('window nightly');
  expect(await at(12)).toHaveLength(1);
  await setSchedule(registry, of, 'person', { windows: ['2026-03-01T04:00:00Z'], setBy: 'developer' });
  expect(await at(3)).toEqual(['its window `2026-03-01T04:00:00.000Z`, which opens 2026-03-01 04:00 UTC']);
  expect(await at(4)).toEqual([]);
  await setSchedule(registry, of, 'person', { windows: [], setBy: 'developer' });
  expect(await at(12)).toHaveLength(1);
  expect((await schedulesOf(registry, of)).person).toEqual({ windows: [], setBy: 'developer' });
});

it('waits for a person where the policy says so, and no longer once a person has said when', async () => {
  await setSchedule(registry, of, 'policy', { windows: ['manual'], setBy: 'policy' });
  expect(await at(3)).toEqual(['a person who starts it: `/sluice schedule now`']);
  await setSchedule(registry, of, 'person', { windows: [], setBy: 'developer' });
  expect(await at(3)).toEqual([]);
});

it('never starts in a window that cannot be read', async () => {
  await setSchedule(registry, of, 'policy', { windows: ['some day'], setBy: 'policy' });
  expect(await at(3)).toEqual(['a window that cannot be read (some day)']);
});
