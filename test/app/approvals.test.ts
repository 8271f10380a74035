import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentApproval } from '../../registry/approvals.ts';
import { breakingChange, configuration, otherChange, type Scene, schemas, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const approval = (): ReturnType<typeof currentApproval> =>
  currentApproval(scene.database.pool, { repository: scene.repository.fullName, pullRequest: 1 });

describe('a pull request', () => {
  it('that changes no schema needs no approval', async () => {
    const pull = await scene.propose({ 'README.md': 'words\n' });
    expect(await scene.check(pull)).toBe('neutral: No schema changed');
  });

  it('that breaks nothing needs no approval', async () => {
    const pull = await scene.propose({ [schemas.path]: schemas.compatible });
    expect(await scene.check(pull)).toBe('success: Nothing breaks: no approval needed');
  });

  it('that breaks records waits, and says who may approve and how', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    const summary = await scene.summary(pull);
    expect(summary).toContain('`@acme/platform`');
    expect(summary).toContain('*Review changes*');
    expect(summary).toContain('`amount`');
    expect(summary).toContain('`migrations/claim/2.0.0.yml`');
  });

  it('that leaves records without a migration stays red, whoever approves', async () => {
    const pull = await scene.propose({ [schemas.path]: schemas.breaking });
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(pull)).toContain('claim breaks stored records and has no migration');
  });

  it('that needs other columns in its table stays red without a migration, and does not say that it breaks', async () => {
    const rows = configuration.replace('document: body', 'columns: properties');
    await scene.repository.commitFiles('main', { '.github/sluice.yml': rows }, { by: 'owner' });
    const pull = await scene.propose({ [schemas.path]: schemas.compatible });
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    const summary = await scene.summary(pull);
    expect(summary).toContain('claim needs other columns than its table has and has no migration');
    expect(summary).not.toContain('breaks');
  });

  it('with a broken schema stays red, and says where', async () => {
    const pull = await scene.propose({ [schemas.path]: '{ "type": "object",\n' });
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(pull)).toContain('schemas/claim.json:');
  });

  it('with a version that is taken by other content stays red', async () => {
    const first = await scene.propose({ [schemas.path]: schemas.compatible });
    await scene.merge(first);
    await scene.repository.commitFiles('main', { [schemas.path]: schemas.old }, { by: 'owner' });
    const other = schemas.compatible.replace('"note"', '"remark"');
    const second = await scene.propose({ [schemas.path]: other }, 'second');
    expect(await scene.check(second)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(second)).toContain('claim 1.1.0 is published already, with other content');
  });
});

describe('an approval', () => {
  it('of a member of the team counts, and is remembered with what it was for', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    expect(await scene.events()).toEqual(['approval.requested by sluice', 'approval.given by platform-engineer']);
    expect(await approval()).toMatchObject({
      head: pull.head,
      by: ['platform-engineer'],
      parts: [{ path: schemas.path, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  });

  it('of the author does not count, and the check says why', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.repository.commitFiles(
      'main',
      { '.github/sluice.yml': configuration.replace('teams: [acme/platform]', 'users: [developer]') },
      { by: 'owner' },
    );
    await scene.review(pull, 'developer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('`developer`, who is the author of the pull request');
  });

  it('of a stranger does not count', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'stranger');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('`stranger`, who is none of @&#8203;acme/platform');
  });

  it('of an owner of the organisation who is not in the team does not count', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'owner');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('of somebody who pushed to the pull request of another does not count', async () => {
    const pull = await scene.propose({ 'README.md': 'words\n' });
    await scene.repository.commitFiles('change', breakingChange, { by: 'platform-engineer' });
    await scene.idle();
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('`platform-engineer`, who wrote commits of the pull request');
    await scene.review(pull, 'second-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by second-engineer');
  });

  it('in mere words does not count', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer', 'COMMENT');
    await pull.comment('platform-engineer', 'I approve. LGTM /sluice approve');
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('is stale after a push that breaks something else, and the check says so', async () => {
    const pull = await scene.propose(breakingChange);
    const looked = pull.head.slice(0, 7);
    await scene.review(pull, 'platform-engineer');
    await scene.push(otherChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain(
      `the approval of \`platform-engineer\` at \`${looked}\` was for something else`,
    );
    expect(await approval()).toBeUndefined();
    expect(await scene.events()).toEqual([
      'approval.requested by sluice',
      'approval.given by platform-engineer',
      'approval.invalidated by sluice',
    ]);
  });

  it('is stale after a push that changes only the migration', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.push({
      [schemas.migrationPath]: schemas.migration.replace(
        'cast: { at: /amount, from: string, to: number }',
        'remove: { at: /amount }',
      ),
    });
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('is kept after a push that changes nothing of what was approved', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.push({ 'README.md': 'more words\n' });
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    expect((await approval())?.head).toBe(pull.head);
  });

  it('is kept when the base branch is merged into the pull request', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.repository.commitFiles('main', { 'docs.md': 'meanwhile\n' }, { by: 'owner' });
    await scene.repository.mergeBranch('main', 'change', 'developer');
    await scene.idle();
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('survives a force push to the same content, and counts again when the content comes back', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.push({ ...breakingChange, 'README.md': 'rewritten\n' }, { force: true });
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    await scene.push(otherChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.push(breakingChange);
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('is of the commit that was looked at, not of the one that is there when it arrives', async () => {
    const pull = await scene.propose(breakingChange);
    const looked = pull.head;
    await scene.push(otherChange);
    await pull.review('platform-engineer', 'APPROVE', 'fine', looked);
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('does not count any more once it is dismissed', async () => {
    const pull = await scene.propose(breakingChange);
    const review = await scene.review(pull, 'platform-engineer');
    await pull.dismiss(review, 'owner');
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await approval()).toBeUndefined();
  });

  it('is held up by changes requested by another member of the team', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.review(pull, 'second-engineer', 'REQUEST_CHANGES');
    expect(await scene.check(pull)).toBe('failure: Changes requested by second-engineer');
    expect(await approval()).toBeUndefined();
    await scene.review(pull, 'second-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, second-engineer');
  });

  it('is not held up by changes requested by a stranger', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.review(pull, 'stranger', 'REQUEST_CHANGES');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('does not go along to another base branch with other rules', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const strict = configuration.replace('teams: [acme/platform]', 'users: [owner]');
    await scene.repository.commitFiles('release', { '.github/sluice.yml': strict }, { by: 'owner' });
    await pull.retarget('release', 'developer');
    await scene.idle();
    expect(await scene.check(pull, 'Sluice / approval (release)')).toBe('in_progress: Waiting for 1 approval');
    expect(await approval()).toBeUndefined();
  });

  it('does not go along to another base branch, though all is the same there', async () => {
    await scene.repository.commitFiles('release', { 'docs.md': 'words\n' }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await pull.retarget('release', 'developer');
    await scene.idle();
    const name = 'Sluice / approval (release)';
    expect(await scene.check(pull, name)).toBe('in_progress: Waiting for 1 approval');
    expect((await scene.approvalRun(pull, name))?.output.summary).toContain('went to another branch then');
    expect(await approval()).toBeUndefined();
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull, name)).toBe('success: Approved by platform-engineer');
  });

  it('is stale after any push where the policy says so', async () => {
    const strict = configuration.replace(
      /approval:\n.*/,
      'approval:\n  keep-on-push: false\n  rules: [{ name: platform, teams: [acme/platform] }]',
    );
    await scene.repository.commitFiles('main', { '.github/sluice.yml': strict }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    await scene.push({ 'README.md': 'more words\n' });
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(await scene.summary(pull)).toContain('something was pushed since');
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    await scene.merge(pull);
    expect(await scene.runs()).toHaveLength(1);
  });

  it('does not go along to another base branch with another schema', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.repository.commitFiles('release', { [schemas.path]: schemas.compatible }, { by: 'owner' });
    await scene.repository.mergeBranch('release', 'change', 'developer').catch(() => undefined);
    await scene.idle();
    await pull.retarget('release', 'developer');
    await scene.idle();
    expect(await scene.runs()).toEqual([]);
  });

  it('waits for two people where the rule asks for two', async () => {
    await scene.repository.commitFiles(
      'main',
      { '.github/sluice.yml': configuration.replace('require: 1', 'require: 2') },
      { by: 'owner' },
    );
    const pull = await scene.propose(breakingChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 2 approvals');
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await scene.review(pull, 'second-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, second-engineer');
  });
});

describe('the configuration', () => {
  it('is the one of the base branch, whatever the pull request writes into its own', async () => {
    const pull = await scene.propose({
      ...breakingChange,
      '.github/sluice.yml': configuration.replace('teams: [acme/platform]', 'users: [developer, stranger]'),
    });
    await scene.review(pull, 'stranger');
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('that is broken on the base branch turns the check red, with all problems', async () => {
    await scene.repository.commitFiles(
      'main',
      { '.github/sluice.yml': 'schemas: 1\napproval: []\nunknown: true\n' },
      { by: 'owner' },
    );
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('failure: 3 problems to mend first');
    const summary = await scene.summary(pull);
    for (const line of [1, 2, 3]) expect(summary).toContain(`.github/sluice.yml:${line}`);
  });

  it('that a pull request would break turns its check red', async () => {
    const pull = await scene.propose({ '.github/sluice.yml': 'schemas: 1\n' });
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
  });

  it('can be mended by a pull request that does nothing else', async () => {
    await scene.repository.commitFiles('main', { '.github/sluice.yml': 'schemas: 1\n' }, { by: 'owner' });
    const pull = await scene.propose({ '.github/sluice.yml': configuration });
    expect(await scene.check(pull)).toBe('neutral: Mends the configuration');
    const trick = await scene.propose({ '.github/sluice.yml': configuration, ...breakingChange }, 'trick');
    expect(await scene.check(trick)).toBe('failure: 1 problem to mend first');
  });
});
