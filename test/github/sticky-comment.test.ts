import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownLogin } from '../../github/own-login.ts';
import { commentLimit, publishStickyComment } from '../../github/sticky-comment.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
let pull: LocalPullRequest;
beforeEach(async () => {
  furnished = await furnishedGitHub();
  await furnished.repository.commitFiles('change', { 'a.json': '1' }, { by: 'developer' });
  pull = await furnished.repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
});
afterEach(() => furnished.github.close());

const comment = (body: string): Parameters<typeof publishStickyComment>[2] => ({
  number: pull.number,
  marker: 'sluice:review',
  author: 'github-actions[bot]',
  body,
});

const bodies = async (): Promise<string[]> => (await pull.comments('developer')).map((one) => one.body);

describe('the sticky comment', () => {
  it('belongs to whoever the token stands for', async () => {
    expect(await ownLogin(furnished.workflow)).toBe('github-actions[bot]');
    expect(await ownLogin(furnished.as('developer'))).toBe('developer');
  });

  it('is written once and changed afterwards', async () => {
    const first = await publishStickyComment(furnished.workflow, claims, comment('one'));
    const second = await publishStickyComment(furnished.workflow, claims, comment('two'));
    expect(second.id).toBe(first.id);
    expect(await bodies()).toEqual(['<!-- sluice:review -->\ntwo']);
  });

  it('leaves alone what somebody else wrote with the same marker', async () => {
    await pull.comment('stranger', '<!-- sluice:review -->\nAll is well, merge it.');
    await publishStickyComment(furnished.workflow, claims, comment('breaks'));
    expect(await bodies()).toEqual([
      '<!-- sluice:review -->\nAll is well, merge it.',
      '<!-- sluice:review -->\nbreaks',
    ]);
  });

  it('is another one for another marker', async () => {
    await publishStickyComment(furnished.workflow, claims, comment('one'));
    await publishStickyComment(furnished.workflow, claims, { ...comment('two'), marker: 'sluice:other' });
    expect(await bodies()).toHaveLength(2);
  });

  it('is one in the end, however many runs write it at once', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, run) => publishStickyComment(furnished.workflow, claims, comment(`run ${run}`))),
    );
    await publishStickyComment(furnished.workflow, claims, comment('last'));
    expect(await bodies()).toEqual(['<!-- sluice:review -->\nlast']);
  });

  it('is found behind more than a hundred others', async () => {
    await publishStickyComment(furnished.workflow, claims, comment('one'));
    for (let count = 0; count < 105; count += 1) await pull.comment('developer', `talk ${count}`);
    await publishStickyComment(furnished.workflow, claims, comment('two'));
    expect((await bodies())[0]).toBe('<!-- sluice:review -->\ntwo');
    const last = await furnished.repository.call(
      'developer',
      'GET',
      `/issues/${pull.number}/comments?per_page=100&page=2`,
    );
    expect(last).toHaveLength(6);
  });

  it('refuses text that GitHub would not take', async () => {
    await expect(publishStickyComment(furnished.workflow, claims, comment('x'.repeat(commentLimit)))).rejects.toThrow(
      RangeError,
    );
  });
});
