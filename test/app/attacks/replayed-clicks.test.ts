import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../core/schema/json.ts';
import { moveRun } from '../../../registry/runs/move.ts';
import type { Run } from '../../../registry/runs/run.ts';
import type { LocalPullRequest } from '../../../sandbox/github/pull-request.ts';
import type { Delivery } from '../../../sandbox/github/webhooks.ts';
import { breakingChange, type Scene, startScene } from '../fixture.ts';

/** Webhooks that steer a run, caught on the way and sent again under another number, which GitHub does not sign (threat 6). */
let scene: Scene;
let pull: LocalPullRequest;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(async () => {
  await scene.begin();
  pull = await scene.propose(breakingChange);
  await scene.review(pull, 'platform-engineer');
  await scene.merge(pull);
  await move('planned', 'prechecking', 'shadowing', 'capturing', 'backfilling');
});
afterAll(() => scene.close());

async function run(): Promise<Run> {
  const [latest] = await scene.runs();
  if (!latest) throw new Error('no run');
  return latest;
}
const state = async (): Promise<string> => (await run()).state;

/** As a runner does. */
async function move(...states: readonly Run['state'][]): Promise<void> {
  const { id } = await run();
  for (const [index, to] of states.slice(1).entries())
    await moveRun(scene.database.pool, id, states[index] ?? 'planned', to);
}

/** On a page that shows this button, which may be an old one. */
async function click(by: string, identifier: string): Promise<Delivery> {
  const { id, mergeCommit } = await run();
  const checks = await scene.repository.call('owner', 'GET', `/commits/${mergeCommit}/check-runs`);
  const [shown] = checks['check_runs'] as JsonObject[];
  const [owner = '', name = ''] = scene.repository.fullName.split('/');
  const payload = {
    action: 'requested_action',
    requested_action: { identifier },
    check_run: { ...shown, external_id: `run:${id}`, app: { id: scene.identity.appId } },
    repository: await scene.repository.call('owner', 'GET', ''),
    sender: { login: by, id: 1, type: 'User' },
  };
  scene.github.webhooks.dispatch('check_run', 'requested_action', payload, owner, name);
  const sent = scene.github.webhooks.deliveries.at(-1);
  if (!sent) throw new Error('no such webhook');
  await scene.idle();
  return sent;
}

let replays = 0;
/** Signed as it was. */
async function replay(caught: Delivery, change = (body: string): string => body): Promise<number> {
  replays += 1;
  const headers = { ...caught.headers, 'x-github-delivery': `replayed-${replays}` };
  const status = await scene.github.webhooks.send({ ...caught, headers, body: change(caught.body) });
  await scene.idle();
  return status;
}
const events = async (kind: string): Promise<number> =>
  (await scene.events()).filter((event) => event.startsWith(`${kind} `)).length;
const told = async (): Promise<readonly string[]> =>
  (await pull.comments('owner')).map(({ body }) => body).filter((body) => body.includes('sluice:answer:click'));

describe('a click that is sent again', () => {
  it('pauses no run that was resumed since, and is told once, however often it comes', async () => {
    const caught = await click('platform-engineer', 'pause.0');
    expect(await state()).toBe('paused');
    await scene.say(pull, 'platform-engineer', '/sluice resume');
    for (let count = 0; count < 3; count += 1) expect(await replay(caught)).toBe(200);
    expect(await state()).toBe('backfilling');
    expect(await events('run.paused')).toBe(1);
    expect(await events('click.refused')).toBe(1);
    expect(await told()).toHaveLength(1);
    expect((await told())[0]).toContain('a click counts once');
  });

  it('resumes no run that was paused again since', async () => {
    await click('platform-engineer', 'pause.0');
    const caught = await click('second-engineer', 'resume.1');
    expect(await state()).toBe('backfilling');
    await click('platform-engineer', 'pause.2');
    await replay(caught);
    expect(await state()).toBe('paused');
  });

  it('rolls back no run that came out of its rolling back since', async () => {
    await move('backfilling', 'verifying', 'cutting-over', 'reversing');
    const caught = await click('platform-engineer', 'rollback.0');
    expect(await state()).toBe('rolling-back');
    // The lock was never granted in time.
    await move('rolling-back', 'reversing');
    await replay(caught);
    expect(await state()).toBe('reversing');
    await click('platform-engineer', 'rollback.1');
    expect(await state()).toBe('rolling-back');
  });

  it('orders no run once more', async () => {
    await click('platform-engineer', 'cancel.0');
    await move('cancelling', 'cancelled');
    const caught = await click('platform-engineer', 'retry.1');
    expect(await scene.runs()).toHaveLength(2);
    await replay(caught);
    expect(await scene.runs()).toHaveLength(2);
    expect(await state()).toBe('planned');
  });

  it('does nothing once its giver has got the right that was missing', async () => {
    const caught = await click('developer', 'cancel.0');
    expect(await state()).toBe('backfilling');
    scene.github.addToTeam('acme/platform', 'developer');
    await replay(caught);
    scene.github.removeFromTeam('acme/platform', 'developer');
    expect(await state()).toBe('backfilling');
  });

  it('is no other click: what it says is signed', async () => {
    const caught = await click('platform-engineer', 'pause.0');
    await scene.say(pull, 'platform-engineer', '/sluice resume');
    expect(await replay(caught, (body) => body.replace('"pause.0"', '"pause.2"'))).toBe(401);
    expect(await state()).toBe('backfilling');
  });
});

describe('a click that comes late', () => {
  it('does nothing when somebody has steered the run since its button was shown', async () => {
    await click('platform-engineer', 'pause.0');
    await click('second-engineer', 'cancel.0');
    expect(await state()).toBe('paused');
    expect((await told())[0]).toContain('it is paused now');
    await click('second-engineer', 'cancel.1');
    expect(await state()).toBe('cancelling');
  });

  it('is followed where only the run itself has moved on', async () => {
    await move('backfilling', 'verifying');
    await click('platform-engineer', 'pause.0');
    expect(await state()).toBe('paused');
  });

  it('of two people on the same button acts once, and the second is told', async () => {
    scene.github.webhooks.hold();
    const clicks = [await click('platform-engineer', 'pause.0'), await click('second-engineer', 'pause.0')];
    await Promise.all(clicks.map((each) => scene.github.webhooks.send(each)));
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await state()).toBe('paused');
    expect(await events('run.paused')).toBe(1);
    expect(await told()).toHaveLength(1);
  });

  it('on a button of before the count is refused, and one that never was is none', async () => {
    await click('platform-engineer', 'pause');
    expect((await told())[0]).toContain('older state of the check');
    for (const identifier of ['pause.7', 'pause.-1', 'pause.1e0', 'pause.00000000000', 'constructor.0', 'PAUSE.0'])
      await click('second-engineer', identifier);
    expect(await state()).toBe('backfilling');
  });
});

it('a comment that is sent again pauses no run that was resumed since', async () => {
  await scene.say(pull, 'platform-engineer', '/sluice pause');
  const caught = scene.github.webhooks.deliveries.findLast(({ event }) => event === 'issue_comment');
  if (!caught) throw new Error('no such webhook');
  expect(await state()).toBe('paused');
  await scene.say(pull, 'platform-engineer', '/sluice resume');
  await replay(caught);
  expect(await state()).toBe('backfilling');
  expect(await events('run.paused')).toBe(1);
});
