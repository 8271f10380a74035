import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LineComments, publishLineComments } from '../../github/review-comments.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
let pull: LocalPullRequest;
beforeEach(async () => {
  furnished = await furnishedGitHub();
  await furnished.repository.commitFiles('change', { 'new.txt': 'a\nb\nc\n' }, { by: 'developer' });
  pull = await furnished.repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
});
afterEach(() => furnished.github.close());

const publish = (...comments: LineComments['comments']) =>
  publishLineComments(furnished.workflow, claims, {
    number: pull.number,
    commit: pull.head,
    marker: 'sluice:suggestion',
    author: 'github-actions[bot]',
    comments,
  });
const at = (line: number, body: string, id = 'one') => ({ id, path: 'new.txt', firstLine: line, lastLine: line, body });
const seen = async () => (await pull.lineComments('developer')).map(({ id, line, body }) => ({ id, line, body }));

describe('comments on lines', () => {
  it('are written once, changed where they stand, and taken back', async () => {
    const urls = await publish(at(2, 'x'));
    const [first] = await seen();
    expect(first).toMatchObject({ line: 2, body: '<!-- sluice:suggestion:one -->\nx' });
    expect(urls).toEqual(new Map([['one', expect.stringContaining(`#discussion_r${first?.id}`)]]));
    expect(await publish(at(2, 'y'))).toEqual(urls);
    expect(await seen()).toEqual([{ ...first, body: '<!-- sluice:suggestion:one -->\ny' }]);
    await publish(at(3, 'y'));
    expect(await seen()).toMatchObject([{ line: 3 }]);
    await publish();
    expect(await seen()).toEqual([]);
  });

  it('are left out where the line is no part of the difference', async () => {
    expect([...(await publish(at(9, 'x'), at(1, 'z', 'two'))).keys()]).toEqual(['two']);
    expect(await seen()).toMatchObject([{ line: 1 }]);
  });

  it('become one again after two runs at the same time wrote them', async () => {
    await Promise.all([publish(at(2, 'x')), publish(at(2, 'x'))]);
    const [oldest] = await seen();
    await publish(at(2, 'x'));
    expect(await seen()).toEqual([oldest]);
  });

  it('of others stay, whatever marker they have', async () => {
    await pull.lineComment('developer', { path: 'new.txt', line: 1, body: '<!-- sluice:suggestion:one -->\nx' });
    await publish();
    expect(await seen()).toHaveLength(1);
  });
});
