import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, saveCount } from '../../registry/record-counts.ts';
import { moveRun } from '../../registry/runs/move.ts';
import { schedulesOf } from '../../registry/schedules.ts';
import { waitsOf } from '../../registry/waits.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { breakingChange, configuration, type Scene, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const never = '0 0 29 2 * UTC for 5m';
const policy = (settings: string): string =>
  configuration.replace(
    /approval:\n.*/,
    `approval:\n  ${settings}\n  rules: [{ name: platform, teams: [acme/platform] }]`,
  );
const setPolicy = (settings: string) =>
  scene.repository.commitFiles('main', { '.github/sluice.yml': policy(settings) }, { by: 'owner' });
const approved = async (body = ''): Promise<LocalPullRequest> => {
  const pull = await scene.propose(breakingChange);
  await pull.review('platform-engineer', 'APPROVE', body);
  await scene.idle();
  return pull;
};
const waits = async (): Promise<readonly string[]> => {
  const run = (await scene.runs()).find(({ state }) => state === 'planned');
  return run ? waitsOf(scene.database.pool, run) : ['no planned run'];
};
const of = () => ({ repository: scene.repository.fullName, pullRequest: 1 });
const fail = async (code: string): Promise<void> => {
  const [run] = await scene.runs();
  await moveRun(scene.database.pool, run?.id ?? '', 'planned', 'failed', {
    error: { code, message: 'm', remedy: 'r' },
  });
};

describe('when a run may start', () => {
  it('is said by the policy, by the name of a window', async () => {
    await setPolicy(`windows: { nightly: "${never}" }\n  start-in: nightly`);
    await scene.merge(await approved());
    expect(await waits()).toMatchObject([expect.stringMatching(/^its window `0 0 29 2 \* UTC for 5m`, which opens/)]);
  });

  it('is said by a person who may approve, and by nobody else', async () => {
    const pull = await approved();
    expect(await scene.say(pull, 'developer', '/sluice schedule manual')).toContain('you may not');
    expect(await scene.say(pull, 'stranger', `/sluice schedule ${never}`)).toContain('you may not');
    expect(await scene.say(pull, 'platform-engineer', '/sluice schedule manual')).toContain('`/sluice schedule now`');
    await scene.merge(pull);
    expect(await waits()).toHaveLength(1);
    const shown = async (): Promise<string> => {
      const [run] = await scene.runs();
      const checks = await scene.repository.checkRuns(run?.mergeCommit ?? '', 'owner');
      return checks.find(({ name }) => name === 'Sluice / migration')?.output.summary ?? '';
    };
    expect(await shown()).toContain('a person who starts it');
    expect(await scene.say(pull, 'second-engineer', '/sluice schedule now')).toContain('starts as soon as');
    expect(await shown()).not.toContain('Holding back');
    expect(await waits()).toEqual([]);
    expect(await scene.events()).toContain('schedule.set by second-engineer');
    expect(await scene.check(pull)).toMatch(/^success/);
    expect((await scene.events()).filter((event) => event.startsWith('run.'))).toEqual([]);
  });

  it('is asked for by anybody', async () => {
    const pull = await approved();
    expect(await scene.say(pull, 'stranger', '/sluice schedule')).toContain('no run is waiting');
  });

  it('is not moved by a person where the policy says when', async () => {
    await setPolicy(`start-in: "${never}"`);
    const pull = await approved();
    await scene.merge(pull);
    expect(await scene.say(pull, 'platform-engineer', '/sluice schedule now')).toContain('waits for its window');
    expect(await waits()).toHaveLength(1);
  });

  it('is refused when it cannot be read, with the names there are', async () => {
    await setPolicy(`windows: { nightly: "${never}" }`);
    const pull = await approved();
    expect(await scene.say(pull, 'platform-engineer', '/sluice schedule tomorrow')).toMatch(/is no window.*`nightly`/s);
    expect((await schedulesOf(scene.database.pool, of())).person).toBeUndefined();
  });

  it('is part of what the policy decides: a window that nobody can read lets nothing through', async () => {
    await setPolicy('start-in: "every now and then"');
    const pull = await approved();
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(pull)).toContain('no window');
  });

  it('may be a condition of the approval, which nobody ticks and no merge waits for', async () => {
    await setPolicy(`merge-before-conditions: false\n  windows: { nightly: "${never}" }`);
    const pull = await approved('- [ ] window nightly\n');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer, 1 condition open');
    expect(await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1')).toContain('nobody ticks it');
    await scene.merge(pull);
    expect(await waits()).toHaveLength(1);
  });
});

describe('a run that is held outside its window', () => {
  const copying = async (): Promise<string> => {
    const [run] = await scene.runs();
    const { pool } = scene.database;
    const id = run?.id ?? '';
    for (const [from, to] of [
      ['planned', 'prechecking'],
      ['prechecking', 'shadowing'],
      ['shadowing', 'capturing'],
      ['capturing', 'backfilling'],
    ] as const)
      await moveRun(pool, id, from, to);
    return id;
  };
  const letGo = async (): Promise<string | undefined> => (await scene.runs())[0]?.outcome?.outsideWindows;

  it('goes on when somebody who may approve says so, for that run alone, and the audit trail tells', async () => {
    await setPolicy(`start-in: "${never}"`);
    const pull = await approved();
    await scene.merge(pull);
    const id = await copying();
    expect(await scene.say(pull, 'developer', '/sluice schedule')).toContain(
      'has begun, and is held: outside its window',
    );
    expect(await scene.say(pull, 'developer', '/sluice continue')).toContain('you may not');
    expect(await scene.say(pull, 'stranger', '/sluice continue')).toContain('you may not');
    expect(await letGo()).toBeUndefined();
    expect(await scene.say(pull, 'platform-engineer', '/sluice continue')).toContain(
      `\`${id}\` goes on whether its windows are open or not`,
    );
    expect(await letGo()).toBe('platform-engineer');
    expect(await scene.say(pull, 'developer', '/sluice schedule')).toContain('goes on whether its windows');
    expect(await scene.events()).toContain('run.continued-outside-windows by platform-engineer');
  });

  it('stays held when what it does is not approved any more', async () => {
    await setPolicy(`start-in: "${never}"`);
    const pull = await approved();
    await scene.merge(pull);
    await copying();
    await scene.review(pull, 'second-engineer', 'REQUEST_CHANGES');
    expect(await scene.say(pull, 'platform-engineer', '/sluice continue')).toContain('not approved any more');
    expect(await letGo()).toBeUndefined();
  });

  it('needs a window or a hold to be continued from', async () => {
    const pull = await approved();
    await scene.merge(pull);
    await copying();
    expect(await scene.say(pull, 'platform-engineer', '/sluice continue')).toContain('keeps to no window');
    expect(await letGo()).toBeUndefined();
  });
});

describe('a rehearsal', () => {
  it('takes the place of a run that waits for it, and the run is ordered again', async () => {
    const pull = await approved('- [ ] rehearsal passes\n');
    await scene.merge(pull);
    expect(await waits()).toEqual(['a rehearsal (condition 1), which `/sluice rehearse` orders']);
    expect(await scene.say(pull, 'platform-engineer', '/sluice conditions tick 1')).toContain('nobody ticks it');
    expect(await scene.say(pull, 'developer', '/sluice conditions')).toContain('`/sluice rehearse` orders one');
    expect(await scene.say(pull, 'developer', '/sluice rehearse')).toContain('you may not');
    expect(await scene.say(pull, 'platform-engineer', '/sluice rehearse')).toContain('everything but the swap');
    const [rehearsal] = (await scene.runs()).filter(({ state }) => state === 'planned');
    expect(rehearsal).toMatchObject({ dryRun: true, attempt: 2 });
    expect(await waits()).toEqual([]);
    await scene.database.pool.query(
      `UPDATE sluice.runs SET state = 'cancelled', outcome = '{"rehearsed": true}', finished = now() WHERE id = $1`,
      [rehearsal?.id],
    );
    expect(await scene.say(pull, 'platform-engineer', '/sluice retry')).toContain('ordered again');
    expect(await waits()).toEqual([]);
    expect((await scene.runs()).filter(({ state }) => state === 'planned')).toMatchObject([{ dryRun: false }]);
  });
});

it('takes no approval under a rehearsal elsewhere, which nobody could check', async () => {
  const pull = await approved('- [ ] rehearsal on staging passes\n');
  expect(await scene.check(pull)).toMatch(/^in_progress: Waiting/);
  expect(await scene.summary(pull)).toContain('A rehearsal is of the run’s own table');
  expect(await scene.say(pull, 'platform-engineer', '/sluice approve if rehearsal on staging passes')).toContain(
    'not done.** A rehearsal is of the run’s own table',
  );
  expect(await scene.check(pull)).toMatch(/^in_progress: Waiting/);
});

describe('how many records there are', () => {
  it('is counted when a change is proposed, and decides what the policy asks', async () => {
    const rules =
      'rules: [{ name: many, teams: [acme/platform], when: { records-above: 1000 } }, { name: any, teams: [acme/platform] }]';
    const files = { '.github/sluice.yml': configuration.replace(/approval:\n.*/, `approval:\n  ${rules}`) };
    await scene.repository.commitFiles('main', files, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    expect(await scene.summary(pull)).toContain('not counted');
    const [order] = await countsOf(scene.database.pool, of());
    if (!order) throw new Error('nothing was ordered');
    expect(order).toMatchObject({ moment: 'proposed', target: { table: 'public.claims' } });
    await saveCount(scene.database.pool, order, 12);
    await scene.idle();
    expect(await scene.summary(pull)).not.toContain('not counted');
    expect(await scene.summary(pull)).not.toContain('many');
  });

  it('is counted again when it is approved, and anew when it is approved again', async () => {
    const pull = await approved();
    const moments = async () => (await countsOf(scene.database.pool, of())).map(({ moment }) => moment);
    expect(await moments()).toEqual(['approved', 'proposed']);
    await scene.review(pull, 'platform-engineer', 'REQUEST_CHANGES');
    expect(await moments()).toEqual(['proposed']);
  });

  it('is told again on request, and a run that was refused for it goes on when somebody says so', async () => {
    const pull = await approved();
    await scene.merge(pull);
    const counts = await countsOf(scene.database.pool, of());
    for (const count of counts) await saveCount(scene.database.pool, count, 1_000_000);
    await scene.idle();
    expect(await scene.say(pull, 'platform-engineer', '/sluice continue')).toContain('only a run that is held');
    await scene.database.pool.query(
      `INSERT INTO sluice.record_counts SELECT repository, pull_request, fingerprint, path, 'started', target, threshold, 5000000, now()
       FROM sluice.record_counts WHERE moment = 'approved' AND repository = $1`,
      [of().repository.toLowerCase()],
    );
    await fail('record-count-changed');
    expect(await scene.say(pull, 'platform-engineer', '/sluice cancel')).toContain('nothing of it to call off');
    expect(await scene.say(pull, 'developer', '/sluice reanalyse')).toContain('you may not');
    expect(await scene.say(pull, 'platform-engineer', '/sluice reanalyse')).toContain('counted again');
    const again = (await countsOf(scene.database.pool, of())).find(({ moment }) => moment === 'again');
    if (!again) throw new Error('nothing was ordered');
    await saveCount(scene.database.pool, again, 5_000_001);
    await scene.idle();
    const told = (await pull.comments('owner')).find(({ body }) => body.includes('sluice:counted'))?.body;
    expect(told).toContain('| 5,000,001 records | 1,000,000 |');
    expect(await scene.say(pull, 'developer', '/sluice continue')).toContain('you may not');
    expect(await scene.say(pull, 'platform-engineer', '/sluice continue')).toContain(
      'with 5,000,000 records instead of 1,000,000',
    );
    expect(await scene.events()).toContain('run.continued by platform-engineer');
    expect((await scene.runs()).filter(({ state }) => state === 'planned')).toHaveLength(1);
  });
});

describe('an approval that is taken back while its run waits', () => {
  const current = async (): Promise<number | null> =>
    (
      await scene.database.pool.query(`SELECT FROM sluice.approvals WHERE state = 'approved' AND repository = $1`, [
        scene.repository.fullName,
      ])
    ).rowCount;

  const ways: Readonly<Record<string, (pull: LocalPullRequest, review: number) => Promise<unknown>>> = {
    'a dismissal': (pull, review) => pull.dismiss(review, 'owner'),
    'changes requested': (pull) => pull.review('second-engineer', 'REQUEST_CHANGES', 'no'),
    'a command': (pull) => scene.say(pull, 'second-engineer', '/sluice reject not now'),
  };
  it.each(Object.entries(ways))('by %s ends it: the run finds that it is not approved', async (_, takeBack) => {
    const pull = await scene.propose(breakingChange);
    const review = await scene.review(pull, 'platform-engineer');
    await scene.say(pull, 'platform-engineer', '/sluice schedule manual');
    await scene.merge(pull);
    expect(await current()).toBe(1);
    await takeBack(pull, review);
    await scene.idle();
    expect(await current()).toBe(0);
    await fail('not-approved');
    expect(await scene.say(pull, 'platform-engineer', '/sluice retry')).toContain('not approved any more');
    expect(await scene.runs()).toHaveLength(1);
  });
});
