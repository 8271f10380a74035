import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentApproval } from '../../registry/approvals.ts';
import { moveRun } from '../../registry/runs/move.ts';
import { breakingChange, otherChange, type Scene, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const waiting = 'in_progress: Waiting for 1 approval';
const approved = 'success: Approved by platform-engineer';

describe('/sluice approve', () => {
  it('counts as a review does, with a reaction and one answer', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await scene.say(pull, 'platform-engineer', '/sluice approve\nLooks fine.')).toBe(
      '`platform-engineer`: approved.\n',
    );
    expect(await scene.check(pull)).toBe(approved);
    const comments = await pull.comments('owner');
    const reactions = await scene.repository.call('owner', 'GET', `/issues/comments/${comments[0]?.id}/reactions`);
    expect((reactions as unknown as { content: string }[]).map(({ content }) => content)).toEqual(['eyes', '+1']);
    await scene.merge(pull);
    expect(await scene.runs()).toHaveLength(1);
  });

  it.each([
    ['developer', 'is the author of the pull request'],
    ['stranger', 'is none of'],
    ['owner', 'is none of'],
  ])('of %s is refused, and said why', async (login, reason) => {
    const pull = await scene.propose(breakingChange);
    const answer = await scene.say(pull, login, '/sluice approve');
    expect(answer).toContain('**not done.**');
    expect(answer).toContain(reason);
    expect(await scene.check(pull)).toBe(waiting);
  });

  it.each([
    '> /sluice approve',
    '```\n/sluice approve\n```',
    '    /sluice approve',
    'I say:\n/sluice approve',
    '`/sluice approve`',
  ])('as %j is no command', async (body) => {
    const pull = await scene.propose(breakingChange);
    expect(await scene.say(pull, 'platform-engineer', body)).toBe('no answer');
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('that came in by an edit is no command', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.look();
    const comment = await pull.comment('platform-engineer', 'words');
    await scene.idle();
    await pull.editComment('owner', comment, '/sluice approve');
    await scene.idle();
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('that was edited before it was read is no command', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.look();
    scene.github.webhooks.hold();
    const comment = await pull.comment('platform-engineer', '/sluice approve');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await pull.editComment('owner', comment, '/sluice approve if pigs fly');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.answerTo(pull, comment)).toBe('no answer');
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('is of what the check listed when it was written, not of what was pushed since', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.look();
    scene.github.webhooks.hold();
    const comment = await pull.comment('platform-engineer', '/sluice approve');
    await scene.repository.commitFiles('change', otherChange, { by: 'developer' });
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.check(pull)).toBe(waiting);
    expect(await scene.answerTo(pull, comment)).toContain('what it breaks has changed since');
    await scene.push(breakingChange);
    expect(await scene.check(pull)).toBe(approved);
  });

  it('before the check was there is refused', async () => {
    scene.github.webhooks.hold();
    const pull = await scene.openUnseen(breakingChange);
    const comment = await pull.comment('platform-engineer', '/sluice approve');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.answerTo(pull, comment)).toContain('did not list yet');
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('counts once however often its webhook comes, and is answered once', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.look();
    const comment = await pull.comment('platform-engineer', '/sluice approve');
    await scene.idle();
    const delivery = scene.github.webhooks.deliveries.findLast(({ event }) => event === 'issue_comment');
    if (delivery) {
      await scene.github.webhooks.send(delivery);
      const fresh = { ...delivery, id: 'again', headers: { ...delivery.headers, 'x-github-delivery': 'again' } };
      await scene.github.webhooks.send(fresh);
    }
    await scene.idle();
    expect(await scene.answerTo(pull, comment)).toContain('approved');
    expect((await scene.events()).filter((event) => event.startsWith('approval.given'))).toHaveLength(1);
  });

  it('does not count for another base branch', async () => {
    await scene.repository.commitFiles('release', { 'docs.md': 'words\n' }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await scene.say(pull, 'platform-engineer', '/sluice approve');
    await pull.retarget('release', 'developer');
    await scene.idle();
    expect(await scene.check(pull, 'Sluice / approval (release)')).toBe(waiting);
  });

  it('ends with the membership of its giver, at the merge at the latest', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.say(pull, 'platform-engineer', '/sluice approve');
    scene.github.removeFromTeam('acme/platform', 'platform-engineer');
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
  });
});

describe('/sluice reject', () => {
  it('holds up what a review approved, until its giver approves', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.say(pull, 'second-engineer', '/sluice reject 15 services read it')).toContain('held up');
    expect(await scene.check(pull)).toBe('failure: Changes requested by second-engineer');
    const { pool } = scene.database;
    expect(await currentApproval(pool, { repository: scene.repository.fullName, pullRequest: 1 })).toBeUndefined();
    await scene.push({ 'README.md': 'words\n' });
    expect(await scene.check(pull)).toBe('failure: Changes requested by second-engineer');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.say(pull, 'second-engineer', '/sluice approve');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, second-engineer');
  });

  it('of a stranger holds up nothing', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.say(pull, 'stranger', '/sluice reject')).toContain('you may not');
    expect(await scene.check(pull)).toBe(approved);
  });
});

describe('words for everybody', () => {
  it('are help, the plan, and what is wrong with a command', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await scene.say(pull, 'stranger', '/sluice help')).toContain('/sluice conditions tick 2');
    expect(await scene.say(pull, 'stranger', '/sluice plan')).toMatch(/claim.*1\.0\.0.*2\.0\.0/);
    expect(await scene.say(pull, 'stranger', '/sluice approve now')).toContain('comes nothing');
    expect(await scene.say(pull, 'stranger', '/sluice deploy @acme/platform <img>')).toContain(
      'There is no such command',
    );
    expect(await scene.check(pull)).toBe(waiting);
  });
});

describe('commands about the run', () => {
  const run = async () => {
    const [first] = await scene.runs();
    if (!first) throw new Error('there is no run');
    return first;
  };

  it('are for those who may approve, and act as the command line does', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.say(pull, 'platform-engineer', '/sluice cancel')).toContain('this pull request has no run');
    await scene.merge(pull);
    expect(await scene.say(pull, 'developer', '/sluice cancel')).toContain('you may not');
    expect(await scene.say(pull, 'stranger', '/sluice cancel')).toContain('you may not');
    expect((await run()).state).toBe('planned');
    expect(await scene.say(pull, 'platform-engineer', '/sluice pause')).toContain('cannot pause, it is planned');
    expect(await scene.say(pull, 'platform-engineer', '/sluice cancel')).toContain('is cancelled');
    expect(await scene.say(pull, 'platform-engineer', '/sluice retry')).toContain('ordered again');
    expect((await scene.runs()).map(({ state }) => state).sort()).toEqual(['cancelled', 'planned']);
    expect(await scene.events()).toContain('run.cancelled by platform-engineer');
  });

  it('know no run of another pull request', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    const other = await scene.propose({ 'README.md': 'words\n' }, 'other');
    const { id } = await run();
    expect(await scene.say(other, 'platform-engineer', `/sluice cancel ${id}`)).toContain('has no run');
    expect((await run()).state).toBe('planned');
  });
});

describe('buttons', () => {
  const click = async (pull: Awaited<ReturnType<Scene['propose']>>, by: string, label: string): Promise<void> => {
    await scene.look();
    const check = await scene.approvalRun(pull);
    await pull.click(by, check?.id ?? 0, label);
    await scene.idle();
  };

  it('approve and reject with the same right, and say nothing when it is to be seen', async () => {
    const pull = await scene.propose(breakingChange);
    await click(pull, 'platform-engineer', 'approve');
    expect(await scene.check(pull)).toBe(approved);
    expect(await pull.comments('owner')).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await click(pull, 'second-engineer', 'reject');
    expect(await scene.check(pull)).toBe('failure: Changes requested by second-engineer');
  });

  it('refuse the author in words', async () => {
    const pull = await scene.propose(breakingChange);
    await click(pull, 'developer', 'approve');
    expect(await scene.check(pull)).toBe(waiting);
    expect((await pull.comments('owner'))[0]?.body).toContain('is the author of the pull request');
  });

  it('approve nothing that the check does not show any more', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.look();
    const check = await scene.approvalRun(pull);
    scene.github.webhooks.hold();
    await pull.click('platform-engineer', check?.id ?? 0, 'approve');
    const [clicked] = scene.github.webhooks.deliveries.slice(-1);
    await scene.repository.commitFiles('change', otherChange, { by: 'developer' });
    const pushed = scene.github.webhooks.deliveries.slice(-1);
    for (const delivery of pushed) await scene.github.webhooks.send(delivery);
    await scene.idle();
    if (clicked) await scene.github.webhooks.send(clicked);
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('of the check for another base branch approve nothing', async () => {
    await scene.repository.commitFiles('release', { 'docs.md': 'words\n' }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    const check = await scene.approvalRun(pull);
    await pull.retarget('release', 'developer');
    await scene.idle();
    await scene.look();
    await pull.click('platform-engineer', check?.id ?? 0, 'approve');
    await scene.idle();
    expect(await scene.check(pull, 'Sluice / approval (release)')).toBe(waiting);
  });

  it('of a run steer it', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const commit = await scene.merge(pull);
    const check = (await scene.repository.checkRuns(commit, 'owner')).find(({ name }) => name === 'Sluice / migration');
    await pull.click('developer', check?.id ?? 0, 'cancel');
    await scene.idle();
    expect((await scene.runs())[0]?.state).toBe('planned');
    await pull.click('platform-engineer', check?.id ?? 0, 'cancel');
    await scene.idle();
    const [run] = await scene.runs();
    expect(run?.state).toBe('cancelled');
    expect(await moveRun(scene.database.pool, run?.id ?? '', 'planned', 'prechecking')).toBe(false);
  });
});
