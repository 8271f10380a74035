import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { branchMessage } from '../../app/jobs.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { breakingChange, type Scene, schemas, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

type Files = Readonly<Record<string, string | null>>;

/** Pushes to the default branch. */
async function pushToMain(files: Files, by = 'owner'): Promise<string> {
  const after = await scene.repository.commitFiles('main', files, { by });
  await scene.idle();
  return after;
}

/** As `pushToMain`, but the webhook gets lost. */
async function pushUnheard(files: Files): Promise<void> {
  scene.github.setWebhookUrl(scene.identity, 'http://127.0.0.1:9/');
  await pushToMain(files);
  scene.github.setWebhookUrl(scene.identity, scene.app.webhookUrl);
}

/** Comments below the issue that tells of the push, and tells the App. */
async function comment(by: string, body: string): Promise<void> {
  const { repository, github } = scene;
  const [issue] = await repository.issues('owner');
  const number = issue?.number ?? 0;
  await repository.call(by, 'POST', `/issues/${number}/comments`, { body });
  const place = { name: repository.name, full_name: repository.fullName, owner: { login: repository.owner } };
  const payload = { action: 'created', issue: { number }, comment: { body }, repository: place, sender: { login: by } };
  github.webhooks.dispatch('issue_comment', 'created', payload, repository.owner, repository.name);
  await scene.idle();
}

/** As the reconciler does. */
async function askToLook(): Promise<void> {
  const { owner, name: repo } = scene.repository;
  const message = branchMessage({ repository: { owner, repo }, installationId: scene.identity.installationId }, 0);
  await appendOutbox(scene.database.pool, message);
  await scene.idle();
}

const titles = async (): Promise<string[]> =>
  (await scene.repository.issues('owner')).map(({ title, state, user }) => `${state} by ${user.login}: ${title}`);

describe('a push to the default branch past any pull request', () => {
  it('that breaks records is held: no version, no run, one issue, and the audit trail names who pushed', async () => {
    const commit = await pushToMain(breakingChange);
    expect([await scene.runs(), await scene.versions()]).toEqual([[], []]);
    expect(await titles()).toEqual([
      'open by sluice[bot]: Not migrated: claim was pushed to main without a pull request',
    ]);
    expect(await scene.events()).toEqual(['push.held by owner']);
    const [issue] = await scene.repository.issues('owner');
    expect(issue?.body).toContain(commit.slice(0, 7));
    expect(issue?.body).toContain('`/sluice release`');
  });

  it('that breaks nothing is published, as after a merge', async () => {
    await pushToMain({ [schemas.path]: schemas.compatible });
    expect(await scene.versions()).toEqual(['claim 1.1.0']);
    expect(await titles()).toEqual([]);
    expect((await scene.events()).map((event) => event.split(' ')[0])).toEqual(['version.published', 'push.settled']);
  });

  it('that changes no schema leaves no trace', async () => {
    await pushToMain({ 'README.md': 'words\n' });
    expect([await scene.versions(), await titles(), await scene.events()]).toEqual([[], [], []]);
  });

  it('is looked at once, however often the webhook comes', async () => {
    await pushToMain(breakingChange);
    const push = scene.github.webhooks.deliveries.findLast(({ event }) => event === 'push');
    for (const again of [push, push, push]) if (again) await scene.github.webhooks.send(again);
    await scene.idle();
    expect(await titles()).toHaveLength(1);
    expect(await scene.events()).toEqual(['push.held by owner']);
  });

  it('is found behind a later push that changes nothing, when its own webhook was lost', async () => {
    await pushToMain({ 'README.md': 'first\n' });
    await pushUnheard(breakingChange);
    await pushToMain({ 'README.md': 'second\n' });
    expect(await titles()).toHaveLength(1);
    expect(await scene.runs()).toEqual([]);
  });

  it('is looked at apart from the next, so that what one adds and the next breaks does not pass for new', async () => {
    scene.github.webhooks.hold();
    await scene.repository.commitFiles('main', { 'schemas/payment.json': schemas.old }, { by: 'owner' });
    await scene.repository.commitFiles('main', { 'schemas/payment.json': schemas.breaking }, { by: 'owner' });
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.versions()).toEqual(['payment 1.0.0']);
    expect((await scene.events()).at(-1)).toBe('push.held by owner');
  });

  it('of a schema with a problem is held, and the issue says what it is', async () => {
    await pushToMain({ [schemas.path]: schemas.breaking });
    expect((await scene.repository.issues('owner'))[0]?.body).toContain('has no migration');
    await comment('platform-engineer', '/sluice release');
    expect([await scene.runs(), await scene.versions()]).toEqual([[], []]);
  });

  it('is not confused with a merge, which is settled with its pull request', async () => {
    for (const method of ['merge', 'squash', 'rebase'] as const) {
      await scene.begin();
      const pull = await scene.propose(breakingChange);
      await scene.review(pull, 'platform-engineer');
      await scene.merge(pull, 'developer', method);
      await pushToMain({ 'README.md': 'so that the branch is looked at\n' });
      expect(await titles()).toEqual([]);
      expect(await scene.runs()).toHaveLength(1);
    }
  });
});

describe('a push that is held', () => {
  it('is released by a person who may approve it, loudly, and then runs exactly what was pushed', async () => {
    const commit = await pushToMain(breakingChange);
    await comment('platform-engineer', '/sluice release');
    expect(await scene.runs()).toMatchObject([{ mergeCommit: commit, newText: schemas.breaking, state: 'planned' }]);
    expect((await titles())[0]).toMatch(/^closed by sluice\[bot\]/);
    expect(await scene.events()).toEqual([
      'push.held by owner',
      'approval.requested by sluice',
      'approval.given by platform-engineer',
      'push.released by platform-engineer',
    ]);
    await comment('second-engineer', '/sluice release');
    expect(await scene.runs()).toHaveLength(1);
  });

  it.each([
    ['somebody who may not approve', 'stranger', '/sluice release'],
    ['whoever pushed it', 'owner', '/sluice release'],
    ['words around the command', 'platform-engineer', 'I think /sluice release is what we want'],
    ['a quoted command', 'platform-engineer', '> /sluice release'],
    ['a command in a block of code', 'platform-engineer', '```\n/sluice release\n```'],
    ['another command', 'platform-engineer', '/sluice releases'],
  ])('is not released by %s', async (_, by, body) => {
    await pushToMain(breakingChange);
    await comment(by, body);
    expect(await scene.runs()).toEqual([]);
    expect((await titles())[0]).toMatch(/^open/);
  });

  it('is not released by an approver who pushed it', async () => {
    scene.github.addToTeam('acme/platform', 'owner');
    await pushToMain(breakingChange);
    await comment('owner', '/sluice release');
    scene.github.removeFromTeam('acme/platform', 'owner');
    expect(await scene.runs()).toEqual([]);
  });

  it('is not released while nobody knows who pushed it', async () => {
    await pushToMain({ 'README.md': 'words\n' });
    await pushUnheard(breakingChange);
    await askToLook();
    expect(await titles()).toHaveLength(1);
    await comment('platform-engineer', '/sluice release');
    expect(await scene.runs()).toEqual([]);
  });

  it('is not released once the branch has moved on', async () => {
    await pushToMain(breakingChange);
    await pushToMain({ [schemas.path]: schemas.old, [schemas.migrationPath]: null });
    await comment('platform-engineer', '/sluice release');
    expect(await scene.runs()).toEqual([]);
  });
});
