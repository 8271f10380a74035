import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgressMessage } from '../../app/jobs.ts';
import { describeRun } from '../../app/runs/describe.ts';
import { runStates } from '../../core/migration/states.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { moveRun } from '../../registry/runs/move.ts';
import { saveProgress } from '../../registry/runs/progress.ts';
import type { Run, RunProgress } from '../../registry/runs/run.ts';
import { breakingChange, type Scene, startScene, startSceneApp } from './fixture.ts';

const progress: RunProgress = {
  step: 4,
  steps: 6,
  records: 1_240_000,
  total: 1_500_000,
  recordsPerSecond: 98_400,
  batches: 124,
  captured: 3,
  remaining: 2.6,
  checkpoint: '1240000',
  hold: undefined,
  rollbackAvailable: false,
};

const run: Run = {
  id: 'abc',
  repository: 'acme/claims',
  pullRequest: 1,
  mergeCommit: 'c',
  schema: 'insurance-claim',
  path: 'schemas/insurance-claim.json',
  fromVersion: '2.8.0',
  toVersion: '3.0.0',
  oldText: '',
  newText: '',
  migrationPath: 'migrations/insurance-claim/3.0.0.yml',
  migrationText: '',
  target: { name: 'claims', database: 'default', table: 'public.claims', key: 'id', document: 'body' },
  formatAssertion: false,
  mode: 'BACKWARD',
  state: 'backfilling',
  step: undefined,
  progress,
  progressSeq: 7,
  error: undefined,
  epoch: 1,
  checkRunId: undefined,
  created: new Date(0),
  updated: new Date(0),
  started: undefined,
  finished: undefined,
};

describe('a run in words', () => {
  it('says how far it is and how long it takes', () => {
    const { state, title, summary } = describeRun(run);
    expect(state).toBe('in_progress');
    expect(title).toBe('Migrating insurance-claim 2.8.0 → 3.0.0 · 82 %');
    expect(summary).toContain('`████████████████░░░░`');
    expect(summary).toContain(
      'step 4 of 6 · batch 124 · 1,240,000 of 1,500,000 records · 98,400 records/s · 3 written meanwhile and carried over · about 3 s left',
    );
    expect(summary).not.toContain('sluice rollback');
  });

  it('says of a rehearsal that it went well, and how to go on', () => {
    const rehearsed: Run = { ...run, state: 'cancelled', outcome: { rehearsed: true } };
    const { state, title, summary } = describeRun(rehearsed);
    expect({ state, title }).toEqual({ state: 'neutral', title: 'Rehearsed insurance-claim 2.8.0 → 3.0.0' });
    expect(summary).toContain('The table is as it was.');
    expect(summary).toContain('`/sluice retry abc` on the pull request');
    expect(describeRun({ ...run, state: 'cancelled' })).toMatchObject({ state: 'cancelled' });
  });

  it('says how many runners copy, where it is more than one', () => {
    const { summary } = describeRun({ ...run, progress: { ...progress, runners: 2 } });
    expect(summary).toContain(' · 98,400 records/s · 2 runners · ');
  });

  it('never says 100 % before the cutover, whatever was estimated', () => {
    expect(describeRun({ ...run, progress: { ...progress, records: 2_000_000 } }).title).toContain('99 %');
  });

  it('says how to roll back once the new table is in use', () => {
    const done = describeRun({
      ...run,
      state: 'reversing',
      progress: { ...progress, records: 1_500_000, rollbackAvailable: true },
    });
    expect(done).toMatchObject({
      state: 'success',
      title: 'Migrated 1,500,000 records: insurance-claim 2.8.0 → 3.0.0',
    });
    expect(done.summary).toContain('`sluice rollback abc`');
  });

  it('names the record that stopped it, and says that nothing was lost', () => {
    const error = {
      code: 'invalid-record',
      message: 'A record cannot be converted.',
      key: '1003',
      pointer: '/claim_amount',
      remedy: 'Correct the record.',
    };
    const { state, summary } = describeRun({ ...run, state: 'failed', error });
    expect(state).toBe('failure');
    expect(summary).toContain('Record `1003`, at `/claim_amount`');
    expect(summary).toContain('Nothing was lost: the table `public.claims` is as it was.');
    expect(summary).toContain('**Next:** Correct the record.');
  });

  it('does not repeat a key that may be somebody’s name', () => {
    const message = 'The record ["eu","Jo Doe"] cannot be converted: /a is missing.';
    const error = { code: 'unconvertible-record', message, key: '["eu","Jo Doe"]', pointer: '/a' };
    const { summary } = describeRun({ ...run, state: 'failed', error });
    expect(summary).not.toContain('Doe');
    expect(summary).toContain('The record (`sluice status` names it) cannot be converted');
  });

  it('does not say that something holds it once it rests', () => {
    const held = { ...run, progress: { ...progress, hold: 'replica eu-2 lags 6 s' } };
    for (const state of ['paused', 'cancelled', 'failed', 'reversing'] as const) {
      expect(describeRun({ ...held, state }).summary).not.toContain('eu-2');
    }
  });

  it('says what holds it back', () => {
    const { summary } = describeRun({ ...run, progress: { ...progress, hold: 'replica eu-2 lags 6 s' } });
    expect(summary).toContain('**Holding back:** replica eu-2 lags 6 s');
  });

  it.each(runStates)('has words for %s, with progress and without', (state) => {
    for (const each of [run, { ...run, progress: undefined }]) {
      const words = describeRun({ ...each, state });
      expect(words.title).toContain('insurance-claim 2.8.0 → 3.0.0');
      expect(words.summary.length).toBeGreaterThan(50);
    }
  });
});

describe('the check of a run', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await startScene();
  });
  afterEach(() => scene.close());

  it('follows the run to its end, on the merge commit', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const commit = await scene.merge(pull);
    const [ordered] = await scene.runs();
    if (!ordered) throw new Error('no run was ordered');
    const { pool } = scene.database;
    await moveRun(pool, ordered.id, 'planned', 'prechecking');
    await saveProgress(pool, ordered.id, progress, 'looking');
    const error = { code: 'check-failed', message: 'The table public.claims is not there.', remedy: 'Create it.' };
    await moveRun(pool, ordered.id, 'prechecking', 'failed', { error });
    await appendOutbox(pool, runProgressMessage(ordered.id));
    await scene.idle();
    const checks = await scene.repository.checkRuns(commit, 'owner');
    expect(checks).toMatchObject([
      { name: 'Sluice / migration', conclusion: 'failure', output: { title: 'Not migrated claim 1.0.0 → 2.0.0' } },
    ]);
    expect(checks[0]?.output.summary).toContain('public.claims');
    const deployments = await scene.repository.call('owner', 'GET', `/deployments?sha=${commit}`);
    expect(deployments).toMatchObject([
      {
        task: `sluice:${ordered.id}`,
        environment: 'default',
        description: expect.stringContaining('claim 1.0.0 → 2.0.0'),
        statuses: [{ state: 'failure' }, { state: 'queued' }],
      },
    ]);
  });

  it('is shown without a deployment where the App may not write one', async () => {
    await scene.app.close();
    scene.github.revokePermission(scene.identity, 'deployments');
    const app = await startSceneApp(scene.settings, scene.log);
    scene.github.setWebhookUrl(scene.identity, app.webhookUrl);
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const commit = await scene.merge(pull);
    expect(await scene.repository.checkRuns(commit, 'owner')).toMatchObject([{ name: 'Sluice / migration' }]);
    expect(scene.log.join('')).toContain('takes no deployment');
    await app.close();
  });

  it('is told to GitHub much less often than there are messages, when they come together', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    const [ordered] = await scene.runs();
    if (!ordered) throw new Error('no run was ordered');
    const { pool } = scene.database;
    await moveRun(pool, ordered.id, 'planned', 'prechecking');
    const writes = (): number => scene.log.filter((line) => /GitHub request: PATCH .*check-runs/.test(line)).length;
    const before = writes();
    for (let batch = 1; batch <= 30; batch += 1) {
      await saveProgress(pool, ordered.id, { ...progress, batches: batch });
      await appendOutbox(pool, runProgressMessage(ordered.id));
    }
    await moveRun(pool, ordered.id, 'prechecking', 'completed');
    await appendOutbox(pool, runProgressMessage(ordered.id));
    await scene.idle();
    // How many come together depends on how fast this machine is.
    expect(writes() - before).toBeLessThanOrEqual(10);
    const checks = await scene.repository.checkRuns(ordered.mergeCommit, 'owner');
    expect(checks).toMatchObject([{ conclusion: 'success' }]);
  });
});
