import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitBeforeMerge } from '../../github/before-merge.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import { latestOpinions } from '../../github/reviews.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
let pull: LocalPullRequest;
beforeEach(async () => {
  furnished = await furnishedGitHub();
  await furnished.repository.commitFiles('change', { 'a.json': '1' }, { by: 'developer' });
  await furnished.repository.commitFiles('change', { 'b.json': '2' }, { by: 'developer' });
  pull = await furnished.repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
});
afterEach(() => furnished.github.close());

describe('a pull request', () => {
  it('knows the end of its base branch as it is now', async () => {
    const tip = await furnished.repository.commitFiles('main', { 'c.json': '3' }, { by: 'owner' });
    expect(await readPullRequest(furnished.as('developer'), claims, pull.number)).toMatchObject({
      author: 'developer',
      state: 'open',
      draft: false,
      head: pull.head,
      base: { branch: 'main', commit: tip },
      merge: undefined,
    });
  });

  it.each(['merge', 'squash', 'rebase'] as const)('finds the commit before a %s', async (method) => {
    const before = await furnished.repository.commitFiles('main', { 'c.json': '3' }, { by: 'owner' });
    const commit = await pull.merge('owner', method);
    const octokit = furnished.as('developer');
    const merged = await readPullRequest(octokit, claims, pull.number);
    expect(merged).toMatchObject({ state: 'merged', merge: { commit, by: 'owner' } });
    expect(await commitBeforeMerge(octokit, claims, merged)).toBe(before);
  });
});

describe('the opinions of reviewers', () => {
  const opinions = async (): Promise<string[]> =>
    (await latestOpinions(furnished.as('developer'), claims, pull.number)).map((one) => `${one.login} ${one.opinion}`);

  it('are the last of everybody', async () => {
    await pull.review('platform-engineer', 'REQUEST_CHANGES', 'no');
    await pull.review('owner', 'APPROVE');
    await pull.review('platform-engineer', 'APPROVE');
    expect(await opinions()).toEqual(['owner approved', 'platform-engineer approved']);
  });

  it('are not changed by a mere comment', async () => {
    await pull.review('owner', 'APPROVE');
    await pull.review('owner', 'COMMENT', 'by the way');
    expect(await opinions()).toEqual(['owner approved']);
  });

  it('are dismissed when the last one was, even after an older approval', async () => {
    await pull.review('owner', 'APPROVE');
    await pull.dismiss(await pull.review('owner', 'REQUEST_CHANGES', 'no'), 'owner');
    expect(await opinions()).toEqual(['owner dismissed']);
  });

  it('carry the commit that was looked at, also after a push', async () => {
    const looked = pull.head;
    await pull.review('owner', 'APPROVE');
    await furnished.repository.commitFiles('change', { 'd.json': '4' }, { by: 'developer' });
    expect((await latestOpinions(furnished.as('developer'), claims, pull.number))[0]?.commit).toBe(looked);
  });
});
