import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningApp } from '../../app/start.ts';
import { breakingChange, type Scene, startScene, startSceneApp } from './fixture.ts';

let scene: Scene;
let second: RunningApp | undefined;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => {
  await second?.close();
  await scene.close();
});

/** Starts the App again, at an address that gets no webhooks. */
async function startAgain(): Promise<void> {
  const before = await scene.outboxCount();
  second = await startSceneApp(scene.settings, scene.log);
  await scene.until(async () => (await scene.outboxCount()) > before);
  await scene.idle();
}

describe('what happened while the App was stopped', () => {
  it('is found when it starts: a pull request that was opened', async () => {
    await scene.app.close();
    const pull = await scene.openUnseen(breakingChange);
    expect(await scene.check(pull)).toBe('no check');
    await startAgain();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('is found when it starts: an approval and a merge, which lead to one run', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.app.close();
    await pull.review('platform-engineer', 'APPROVE');
    await pull.merge('owner');
    await startAgain();
    expect(await scene.runs()).toMatchObject([{ pullRequest: pull.number, state: 'planned' }]);
  });

  it('is found when it starts: a merge without approval, which is held', async () => {
    await scene.app.close();
    const pull = await scene.openUnseen(breakingChange);
    await pull.merge('owner');
    await startAgain();
    expect(await scene.runs()).toEqual([]);
    expect(await scene.repository.issues('owner')).toHaveLength(1);
  });
});
