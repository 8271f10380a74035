import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breakingChange, configuration, otherChange, type Scene, schemas, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

describe('the merge of an approved break', () => {
  it.each(['merge', 'squash', 'rebase'] as const)('by %s orders a run of exactly what was merged', async (method) => {
    const pull = await scene.propose(breakingChange);
    await scene.push({ 'README.md': 'second commit\n' });
    await scene.review(pull, 'platform-engineer');
    const mergeCommit = await scene.merge(pull, 'developer', method);
    expect(await scene.runs()).toMatchObject([
      {
        repository: scene.repository.fullName,
        pullRequest: pull.number,
        mergeCommit,
        installationId: scene.identity.installationId,
        schema: 'claim',
        path: schemas.path,
        fromVersion: '1.0.0',
        toVersion: '2.0.0',
        oldText: schemas.old,
        newText: schemas.breaking,
        migrationPath: schemas.migrationPath,
        migrationText: schemas.migration,
        target: { name: 'claims', table: 'public.claims', key: 'id', document: 'body' },
        mode: 'BACKWARD',
        state: 'planned',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(await scene.versions()).toEqual([]);
    expect(await scene.events()).toEqual([
      'approval.requested by sluice',
      'approval.given by platform-engineer',
      'merge.settled by developer',
    ]);
  });

  it('shows the run as a check on the merge commit', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const commit = await scene.merge(pull);
    const checks = await scene.repository.checkRuns(commit, 'owner');
    expect(checks).toMatchObject([
      {
        name: 'Sluice / migration',
        status: 'in_progress',
        app: { slug: 'sluice' },
        output: { title: 'Waiting to migrate claim 1.0.0 → 2.0.0' },
      },
    ]);
  });

  it('orders no run on another table than the one that was approved', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const elsewhere = configuration.replace('public.claims', 'public.payroll');
    await scene.repository.commitFiles('main', { '.github/sluice.yml': elsewhere }, { by: 'owner' });
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
    expect(await scene.events()).toContain('merge.held by owner');
  });

  it('hands the run over once, also when the webhook is repeated', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    const closed = scene.github.webhooks.deliveries.findLast((delivery) => delivery.action === 'closed');
    for (let time = 0; time < 3; time += 1) if (closed) await scene.github.webhooks.send(closed);
    await scene.idle();
    expect(await scene.runs()).toHaveLength(1);
    const { rows } = await scene.database.pool.query(
      `SELECT FROM sluice.outbox WHERE queue = 'sluice-runs' AND key = $1`,
      [(await scene.runs())[0]?.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('runs what was merged when others have been merged before', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.repository.commitFiles('main', { 'docs.md': 'meanwhile\n' }, { by: 'owner' });
    await scene.merge(pull);
    expect(await scene.runs()).toMatchObject([{ oldText: schemas.old, newText: schemas.breaking }]);
  });
});

describe('the merge of what nobody approved', () => {
  const outcome = async (): Promise<object> => ({
    runs: await scene.runs(),
    versions: await scene.versions(),
    issues: (await scene.repository.issues('owner')).map(
      ({ title, user, state }) => `${state} by ${user.login}: ${title}`,
    ),
    lastEvent: (await scene.events()).at(-1),
  });
  const held = {
    runs: [],
    versions: [],
    issues: [expect.stringMatching(/^open by sluice\[bot\]: Not migrated: claim was merged/)],
    lastEvent: 'merge.held by owner',
  };

  it('never runs, opens one issue, and is in the audit trail', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.merge(pull);
    expect(await outcome()).toEqual(held);
    const [issue] = await scene.repository.issues('owner');
    expect(issue?.body).toContain('was merged by `owner`');
  });

  it('never runs when only the author approved', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'developer');
    await scene.merge(pull);
    expect(await outcome()).toEqual(held);
  });

  it('never runs when the approver has left the team meanwhile', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    scene.github.removeFromTeam('acme/platform', 'platform-engineer');
    await scene.merge(pull);
    expect(await outcome()).toEqual(held);
  });

  it('never runs when something else was pushed and merged before the webhooks came', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    scene.github.webhooks.hold();
    await scene.repository.commitFiles('change', otherChange, { by: 'developer' });
    await pull.merge('owner');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await outcome()).toEqual(held);
  });

  it('never runs when the merge brings together what nobody saw together', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const other = 'schema: claim\nfrom: 1.0.0\nto: 2.0.0\ntransform:\n  - remove: { at: /amount }\n';
    const strict = configuration.replace('compatibility: BACKWARD', 'compatibility: FULL');
    await scene.repository.commitFiles(
      'main',
      { '.github/sluice.yml': strict, 'migrations/other.yml': other },
      { by: 'owner' },
    );
    await scene.merge(pull);
    // The approval was given under other rules about the same schema: the reviewed commit is judged by the rules of the merge, and so is the merge.
    expect((await scene.runs()).every((run) => run.mode === 'FULL')).toBe(true);
  });

  it('never runs while changes are requested', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.review(pull, 'second-engineer', 'REQUEST_CHANGES');
    await scene.merge(pull);
    expect(await outcome()).toEqual(held);
  });

  it('never runs without a migration, approved or not', async () => {
    const pull = await scene.propose({ [schemas.path]: schemas.breaking });
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    expect(await outcome()).toEqual(held);
  });

  it('is released by an approval that is given afterwards, loudly', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.merge(pull);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.runs()).toMatchObject([
      { pullRequest: pull.number, newText: schemas.breaking, state: 'planned' },
    ]);
    expect(await scene.repository.issues('owner')).toMatchObject([{ state: 'closed' }]);
    expect(await scene.events()).toEqual([
      'approval.requested by sluice',
      'merge.held by owner',
      'approval.given by platform-engineer',
      'merge.released by platform-engineer',
    ]);
    await scene.review(pull, 'second-engineer');
    expect(await scene.runs()).toHaveLength(1);
  });

  it('is told as released when it was approved afterwards, before anybody had looked', async () => {
    const pull = await scene.propose(breakingChange);
    scene.github.webhooks.hold();
    await pull.merge('owner');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await pull.review('platform-engineer', 'APPROVE', '');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.runs()).toHaveLength(1);
    expect((await scene.events()).filter((event) => event.startsWith('merge.'))).toEqual([
      'merge.released by platform-engineer',
    ]);
  });

  it('is not released by those who may not approve, nor by words', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.merge(pull);
    await scene.review(pull, 'stranger');
    await scene.review(pull, 'developer');
    await scene.review(pull, 'platform-engineer', 'COMMENT');
    expect(await outcome()).toEqual(held);
  });

  it('is not released by what was there before, when the approver comes back into the team', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    scene.github.removeFromTeam('acme/platform', 'platform-engineer');
    await scene.merge(pull);
    scene.github.addToTeam('acme/platform', 'platform-engineer');
    await scene.review(pull, 'stranger', 'COMMENT');
    expect((await scene.events()).filter((event) => event.startsWith('merge.'))).toEqual(['merge.held by owner']);
    expect(await scene.runs()).toEqual([]);
  });

  it('is not released once the branch has moved on', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.merge(pull);
    await scene.repository.commitFiles('main', { [schemas.path]: schemas.old }, { by: 'owner' });
    await scene.review(pull, 'platform-engineer');
    expect(await scene.runs()).toEqual([]);
  });

  it('opens no second issue when the App had to try again', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.merge(pull);
    await scene.database.pool.query('ALTER TABLE sluice.events DISABLE TRIGGER events_append_only');
    await scene.database.pool.query(`DELETE FROM sluice.events WHERE kind = 'merge.held'`);
    await scene.review(pull, 'stranger', 'COMMENT');
    expect(await scene.repository.issues('owner')).toHaveLength(1);
    expect((await scene.events()).filter((event) => event.startsWith('merge.held'))).toHaveLength(1);
  });
});

describe('the merge of what needs no approval', () => {
  it('publishes the version at once', async () => {
    const pull = await scene.propose({ [schemas.path]: schemas.compatible });
    await scene.merge(pull, 'developer');
    expect(await scene.versions()).toEqual(['claim 1.1.0']);
    expect(await scene.runs()).toEqual([]);
    expect(await scene.events()).toEqual(['version.published by sluice', 'merge.settled by developer']);
  });

  it('publishes a new schema', async () => {
    const pull = await scene.propose({ 'schemas/payment.json': '{ "version": "1.0.0", "type": "object" }\n' });
    await scene.merge(pull);
    expect(await scene.versions()).toEqual(['payment 1.0.0']);
  });

  it('goes ahead beside a break that nobody approved, which does not', async () => {
    const pull = await scene.propose({
      ...breakingChange,
      'schemas/payment.json': '{ "version": "1.0.0", "type": "object" }\n',
    });
    await scene.merge(pull);
    expect(await scene.versions()).toEqual(['payment 1.0.0']);
    expect(await scene.runs()).toEqual([]);
    expect(await scene.repository.issues('owner')).toHaveLength(1);
  });

  it('leaves no trace when no schema changed', async () => {
    const pull = await scene.propose({ 'README.md': 'words\n' });
    await scene.merge(pull);
    expect([await scene.events(), await scene.versions(), await scene.repository.issues('owner')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('the merge into another branch than the default one', () => {
  it('leads to nothing, approved as it may be: its own merge into the default branch is still to come', async () => {
    await scene.repository.commitFiles('next', { 'next.md': 'words\n' }, { by: 'owner' });
    await scene.repository.commitFiles('change', breakingChange, { by: 'developer', from: 'next' });
    const pull = await scene.repository.openPullRequest({
      head: 'change',
      base: 'next',
      title: 'Change',
      by: 'developer',
    });
    await scene.review(pull, 'platform-engineer');
    const checks = await pull.checkRuns('owner');
    expect(checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'Sluice / approval (next): success',
    ]);
    await scene.merge(pull);
    expect([await scene.runs(), await scene.repository.issues('owner')]).toEqual([[], []]);
    const onward = await scene.repository.openPullRequest({ head: 'next', title: 'Release', by: 'owner' });
    await scene.idle();
    expect(await scene.check(onward)).toBe('in_progress: Waiting for 1 approval');
  });
});

describe('a pull request that is closed without merging', () => {
  it('leads to nothing, approved as it may be', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await pull.close('developer');
    await scene.idle();
    expect(await scene.runs()).toEqual([]);
  });

  it('keeps its approval when it is opened again', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await pull.close('developer');
    await pull.reopen('developer');
    await scene.idle();
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });
});
