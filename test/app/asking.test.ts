import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { breakingChange, configuration, otherChange, type Scene, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const requested = async (pull: LocalPullRequest): Promise<string[]> => {
  const { requested_reviewers: people, requested_teams: teams } = (await scene.repository.call(
    'owner',
    'GET',
    `/pulls/${pull.number}`,
  )) as unknown as { requested_reviewers: { login: string }[]; requested_teams: { slug: string }[] };
  return [...people.map(({ login }) => login), ...teams.map(({ slug }) => `team ${slug}`)];
};
const requests = (): number =>
  scene.github.webhooks.deliveries.filter(
    ({ action, body }) => action === 'review_requested' && body.includes(scene.repository.fullName),
  ).length;
const rule = (text: string): Promise<string> =>
  scene.repository.commitFiles(
    'main',
    { '.github/sluice.yml': configuration.replace(/ {2}- \{ name: platform.*/, `  - ${text}`) },
    { by: 'owner' },
  );

describe('those who may approve', () => {
  it('are asked for a review, once for each content', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await requested(pull)).toEqual(['team platform']);
    await scene.push({ 'README.md': 'words\n' });
    await scene.review(pull, 'stranger');
    expect(requests()).toBe(1);
    await scene.push(otherChange);
    expect(requests()).toBe(2);
  });

  it('are not asked when they wrote it, when nothing is missing, or when nothing breaks', async () => {
    await rule('{ name: people, users: [developer, owner] }');
    const pull = await scene.propose(breakingChange);
    expect(await requested(pull)).toEqual(['owner']);
    const harmless = await scene.propose({ 'README.md': 'words\n' }, 'harmless');
    expect(await requested(harmless)).toEqual([]);
  });

  it('are asked as far as GitHub can ask them', async () => {
    await rule('{ name: people, users: [owner, nobody-of-that-name] }');
    const pull = await scene.propose(breakingChange);
    expect(await requested(pull)).toEqual(['owner']);
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('are not asked by a draft', async () => {
    await scene.repository.commitFiles('change', breakingChange, { by: 'developer' });
    const request = { head: 'change', title: 'Draft', by: 'developer', draft: true };
    const pull = await scene.repository.openPullRequest(request);
    await scene.idle();
    expect(await requested(pull)).toEqual([]);
  });
});

describe('those whose approval is stale', () => {
  it('are told so in a comment, once, and asked again', async () => {
    await rule('{ name: people, users: [platform-engineer, owner] }');
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await pull.comments('owner')).toEqual([]);
    await scene.push(otherChange);
    await scene.push({ 'README.md': 'words\n' });
    const comments = await pull.comments('owner');
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(
      /@platform-engineer: your approval at `[0-9a-f]{7}` does not count any more: what it breaks/,
    );
    expect(await requested(pull)).toContain('platform-engineer');
  });
});
