import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countOpenConditions } from '../../registry/conditions.ts';
import { countsOf, saveCount } from '../../registry/record-counts.ts';
import { executeRun } from '../../runner/execute.ts';
import { listFailingRecords } from '../../runner/list-failing-records.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { runnerContext } from '../support/runner.ts';
import { breakingChange, configuration, otherChange, type Scene, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const tasks = 'Fine, once this is done:\n\n- [ ] tell the claims team\n- [ ] rehearse on staging\n';
const approveUnder = async (pull: LocalPullRequest, body = tasks): Promise<void> => {
  await pull.review('platform-engineer', 'APPROVE', body);
  await scene.idle();
};
const open = (): Promise<number> =>
  countOpenConditions(scene.database.pool, { repository: scene.repository.fullName, pullRequest: 1 });
const waitingJobs = async (): Promise<number> => {
  const [run] = await scene.runs();
  const { rows } = await scene.database.pool.query(
    `SELECT FROM sluice.outbox WHERE queue = 'sluice-runs' AND key = $1`,
    [run?.id],
  );
  return rows.length;
};
/** A runner that has no database: the run fails as soon as it begins. */
const runIt = async (): Promise<string> => {
  const [run] = await scene.runs();
  const nothing = { patience: {}, retention: 0, signal: new AbortController().signal, report: () => undefined };
  const context = { registry: scene.database.pool, databases: () => undefined, ...nothing };
  await executeRun(context as never, run?.id ?? '').catch(() => undefined);
  return (await scene.runs())[0]?.state ?? '';
};

describe('an approval under conditions', () => {
  it('may be merged, and its run waits for all of them', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, 2 conditions open');
    expect(await scene.summary(pull)).toMatch(/\| 1 \| `tell the claims team` \| `platform-engineer` \| open \|/);
    await scene.merge(pull);
    expect(await runIt()).toBe('planned');
    expect(await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1')).toContain('1 condition left');
    expect(await runIt()).toBe('planned');
    await scene.database.pool.query(`UPDATE sluice.outbox SET relayed = now() WHERE queue = 'sluice-runs'`);
    const jobs = await waitingJobs();
    expect(await scene.say(pull, 'platform-engineer', '/sluice conditions tick 2')).toContain('that was the last one');
    expect(await waitingJobs()).toBe(jobs + 1);
    expect(await open()).toBe(0);
    expect(await runIt()).not.toBe('planned');
    expect(await scene.events()).toContain('condition.met by platform-engineer');
  });

  it('has an issue, which is kept up to date and closed with the last one', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    const issue = async () => (await scene.repository.issues('owner'))[0];
    expect((await issue())?.body).toContain('- [ ] 1. tell the claims team');
    await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1');
    expect((await issue())?.body).toContain('- [x] 1. tell the claims team');
    await scene.say(pull, 'platform-engineer', '/sluice conditions tick 2');
    expect(await issue()).toMatchObject({ state: 'closed' });
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    expect(await scene.repository.issues('owner')).toHaveLength(1);
  });

  it('has in its issue the records that keep a condition from being met: keys and places, no values', async () => {
    const target = await createTestDatabase();
    await target.pool.query(`CREATE TABLE claims (id bigint PRIMARY KEY, body jsonb NOT NULL);
      INSERT INTO claims VALUES (1, '{"amount": "1"}'), (207, '{"note": "of somebody"}')`);
    const { pool } = scene.database;
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '- [ ] 0 records without /amount\n- [ ] tell the claims team\n');
    const issue = async () => (await scene.repository.issues('owner'))[0]?.body ?? '';
    expect(await issue()).not.toContain('csv');
    const look = async (): Promise<void> => {
      const { rows } = await pool.query<{ data: unknown }>(
        `SELECT data FROM sluice.outbox WHERE name = 'failing-records' AND data ->> 'repository' = $1`,
        [scene.repository.fullName],
      );
      for (const { data } of rows) await listFailingRecords(runnerContext(pool, target.url), data);
      await scene.idle();
    };
    await look();
    expect(await issue()).toContain('**1 record in `public.claims` without `/amount`**');
    expect(await issue()).toContain('```csv\nid,pointer,reason\n207,/amount,missing\n```');
    expect(await issue()).not.toContain('somebody');

    await target.pool.query(`UPDATE claims SET body = '{"amount": "2"}' WHERE id = 207`);
    expect(await scene.say(pull, 'platform-engineer', '/sluice reanalyse')).toContain('counted again');
    const again = (await countsOf(pool, { repository: scene.repository.fullName, pullRequest: 1 })).find(
      ({ moment }) => moment === 'again',
    );
    if (!again) throw new Error('nothing was ordered');
    await saveCount(pool, again, 2);
    await look();
    expect(await issue()).toContain('**0 records in `public.claims` without `/amount`**');
    expect(await issue()).not.toContain('csv');
    const told = (await pull.comments('owner')).find(({ body }) => body.includes('sluice:counted'))?.body;
    expect(told).toContain('**0 records in `public.claims` without `/amount`**');
  });

  it('leaves open in its issue nothing that the run checks by itself', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '- [ ] tell the claims team\n- [ ] rehearsal passes\n');
    const issue = async () => (await scene.repository.issues('owner'))[0];
    expect((await issue())?.body).toContain(
      '2. rehearsal passes (set by `platform-engineer`; checked when the run starts: after the merge, comment `/sluice rehearse`',
    );
    await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1');
    expect(await issue()).toMatchObject({ state: 'closed' });
    await scene.merge(pull);
    expect(await runIt()).toBe('planned');
  });

  it('can be given as a command', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.say(pull, 'platform-engineer', '/sluice approve if 0 records without /amount; tell the claims team');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, 2 conditions open');
    expect(await scene.say(pull, 'stranger', '/sluice conditions')).toContain('`2` tell the claims team');
  });

  it('promises to count records of its own schemas only', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.say(
      pull,
      'platform-engineer',
      '/sluice approve if 0 records of claim without /amount; 0 records of claims without /b',
    );
    const summary = await scene.summary(pull);
    expect(summary).toContain('`0 records of claim without /amount`, counted again');
    expect(summary).not.toContain('`0 records of claims without /b`, counted again');
  });

  it('has an issue that its author is to see to', async () => {
    await approveUnder(await scene.propose(breakingChange));
    const issues = await scene.repository.call('owner', 'GET', '/issues?state=all');
    expect(JSON.stringify(issues)).toContain('"assignees":[{"login":"developer"');
  });

  it('is ticked by nobody who may not approve', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    expect(await scene.say(pull, 'developer', '/sluice conditions tick 1')).toContain('you may not');
    expect(await scene.say(pull, 'stranger', '/sluice conditions tick 1')).toContain('you may not');
    expect(await scene.say(pull, 'second-engineer', '/sluice conditions tick 3')).toContain('no open condition 3');
    expect(await open()).toBe(2);
  });

  it('loses no condition by an edit of the review', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    const { store } = scene.github.emulator;
    const review = store.reviews.all().at(-1);
    store.reviews.update(review?.id ?? 0, { body: 'Fine.' } as never);
    await scene.push({ 'README.md': 'words\n' });
    expect(await open()).toBe(2);
  });

  it('gets rid of its conditions by another approval of the same person, not of another', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    await scene.review(pull, 'second-engineer');
    expect(await open()).toBe(2);
    await approveUnder(pull, 'Fine.');
    expect(await open()).toBe(0);
    expect(await scene.check(pull)).toMatch(/^success: Approved by [^,]*, [^,]*$/);
  });

  it('has its conditions for what was approved: something else is approved without, or not at all', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull);
    await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1');
    await scene.push(otherChange);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await approveUnder(pull);
    expect(await open()).toBe(2);
  });

  it('is not merged before they are met, where the policy says so', async () => {
    const strict = configuration.replace(
      /approval:\n.*/,
      'approval:\n  merge-before-conditions: false\n  rules: [{ name: platform, teams: [acme/platform] }]',
    );
    await scene.repository.commitFiles('main', { '.github/sluice.yml': strict }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '- [ ] one');
    expect(await scene.check(pull)).toBe('in_progress: Approved by platform-engineer, 1 condition open');
    await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('without a run that could wait holds up the merge, and what is merged all the same is held', async () => {
    const untargeted = configuration.replace('    target: claims\n', '');
    await scene.repository.commitFiles('main', { '.github/sluice.yml': untargeted }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '- [ ] one');
    expect(await scene.check(pull)).toBe('in_progress: Approved by platform-engineer, 1 condition open');
    await scene.merge(pull);
    expect(await scene.versions()).toEqual([]);
  });

  it('with too many conditions does not count', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '- [ ] one\n'.repeat(30));
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('says nothing that others could have written into a task', async () => {
    const pull = await scene.propose(breakingChange);
    await approveUnder(pull, '> - [ ] quoted\n- [x] done\n```\n- [ ] code\n```\n');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });
});
