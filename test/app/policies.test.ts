import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFloor } from '../../app/approval/floor.ts';
import type { LocalRepository } from '../../sandbox/github/repository.ts';
import { breakingChange, configuration, type Scene, schemas, startScene, startSceneApp } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const path = '.github/sluice.yml';
const approval = (rules: string): string =>
  `${configuration.slice(0, configuration.indexOf('approval:'))}approval:\n${rules}`;
const put = async (files: Record<string, string>): Promise<void> =>
  void (await scene.repository.commitFiles('main', files, { by: 'owner' }));

describe('code owners', () => {
  const rule = approval('  - { name: owners, codeowners: true }\n');

  it('of the base branch may approve the schema that is theirs', async () => {
    await put({ [path]: rule, CODEOWNERS: '* @owner\n/schemas/ @acme/platform\n' });
    const pull = await scene.propose({ ...breakingChange, CODEOWNERS: '* @stranger\n' });
    expect(await scene.summary(pull)).toContain('`@acme/platform`');
    await scene.review(pull, 'stranger');
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('are nobody when the file names nobody, and the check says so', async () => {
    await put({ [path]: rule, '.github/CODEOWNERS': '/docs/ @acme/platform\n', CODEOWNERS: '* @acme/platform\n' });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('CODEOWNERS names nobody');
  });
});

describe('rules with conditions', () => {
  it('are asked when what they ask about is not known, and the check says why', async () => {
    await put({
      [path]: approval(
        '  - { name: platform, teams: [acme/platform] }\n  - { name: many records, users: [owner], when: { records-above: 1000 } }\n',
      ),
    });
    const pull = await scene.propose(breakingChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 2 approvals');
    expect(await scene.summary(pull)).toContain('how many records it touches was not counted');
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, owner');
  });

  it('are left out when they are for something else', async () => {
    await put({
      [path]: approval(
        '  - { name: platform, teams: [acme/platform] }\n  - { name: other, users: [owner], when: { schemas: [other/**] } }\n',
      ),
    });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('in a group leave one way of several', async () => {
    await put({
      [path]: approval('  - or: [{ name: team, teams: [acme/platform] }, { name: owner, users: [owner] }]\n'),
    });
    const pull = await scene.propose(breakingChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('one way of several');
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('success: Approved by owner');
  });
});

describe('a pull request that changes the policy', () => {
  it('is decided by the policy that is there, and the check says so', async () => {
    const pull = await scene.propose({ ...breakingChange, [path]: approval('  - { name: me, users: [developer] }\n') });
    expect(await scene.summary(pull)).toContain('This pull request changes who may approve.');
    const other = await scene.propose({ [path]: `${configuration}# a remark\n` }, 'other');
    expect(await scene.summary(other)).not.toContain('changes who may approve');
  });
});

describe('the policy of the organisation', () => {
  const withoutPolicy = configuration.slice(0, configuration.indexOf('approval:'));
  let organisation: LocalRepository;
  beforeAll(async () => {
    organisation = await scene.github.createRepository('acme/.github', {
      by: 'owner',
      files: { 'README.md': 'words\n' },
    });
  });
  const set = (text: string | null): Promise<string> =>
    organisation.commitFiles('main', { [path]: text }, { by: 'owner' });

  it('is for repositories without one of their own', async () => {
    await set('approval: [{ name: everywhere, users: [owner] }]\n');
    await put({ [path]: withoutPolicy });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('success: Approved by owner');
  });

  it('gives way to the own policy of a repository', async () => {
    await set('approval: [{ name: everywhere, users: [owner] }]\n');
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('lets nothing through when it cannot be read, and says where', async () => {
    await set('approval: [{ nam: everywhere }]\n');
    await put({ [path]: withoutPolicy });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('failure: 2 problems to mend first');
    expect(await scene.summary(pull)).toContain('acme/.github/.github/sluice.yml:1');
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
    const [issue] = await scene.repository.issues('owner');
    expect(issue?.title).toContain('was merged with problems');
  });

  it('lets nothing through when it is out of sight, instead of falling back to less', async () => {
    await set('approval: [{ name: everywhere, users: [owner] }]\n');
    await put({ [path]: withoutPolicy });
    const pull = await scene.propose(breakingChange);
    const { repos } = scene.github.emulator.store;
    const { id = 0 } = repos.findOneBy('full_name', 'acme/.github') ?? {};
    repos.update(id, { full_name: 'acme/hidden', name: 'hidden' });
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(pull)).toContain('acme/.github');
    repos.update(id, { full_name: 'acme/.github', name: '.github' });
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('success: Approved by owner');
  });

  it('that says nothing of approvals leaves the default', async () => {
    await set('fail-on: never\n');
    await put({ [path]: withoutPolicy });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });
});

describe('the floor of the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'floor-'));
  const file = join(folder, 'floor.yml');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is asked besides the policy of the repository, and counts at the merge', async () => {
    writeFileSync(file, 'approval: [{ name: floor, users: [owner] }]\n');
    await scene.app.close();
    const app = await startSceneApp({ ...scene.settings, approvalFloor: file }, scene.log);
    scene.github.setWebhookUrl(scene.identity, app.webhookUrl);
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
    await scene.review(pull, 'owner');
    expect(await scene.runs()).toMatchObject([{ path: schemas.path }]);
    await app.close();
  });

  it('that cannot be read keeps the server from starting', async () => {
    writeFileSync(file, 'approval: [{ nam: floor }]\n');
    expect(() => readFloor(file)).toThrow('lacks "name"');
    expect(() => readFloor(join(folder, 'none.yml'))).toThrow('SLUICE_APPROVAL_FLOOR');
    await expect(startSceneApp({ ...scene.settings, approvalFloor: file }, scene.log)).rejects.toThrow('lacks "name"');
  });
});
