import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedFiles } from '../../github/changed-files.ts';
import { connect } from '../../github/connect.ts';
import { mergeBase } from '../../github/merge-base.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
let base: string;
beforeEach(async () => {
  furnished = await furnishedGitHub({ 'a/one.json': '1', 'a/two.json': '2', 'b/three.json': '3', 'four.json': '4' });
  base = (await furnished.repository.tipOf('main')) ?? '';
});
afterEach(() => furnished.github.close());

async function changes(files: Record<string, string | null>): Promise<readonly object[]> {
  const head = await furnished.repository.commitFiles('change', files, { by: 'developer' });
  return changedFiles(furnished.as('developer'), claims, base, head);
}

describe('the files that differ between two commits', () => {
  it('are none between a commit and itself', async () => {
    expect(await changedFiles(furnished.as('developer'), claims, base, base)).toEqual([]);
  });

  it('are added, modified and removed, in folders old and new', async () => {
    expect(await changes({ 'a/one.json': '11', 'b/three.json': null, 'c/d/five.json': '5' })).toEqual([
      { path: 'a/one.json', status: 'modified' },
      { path: 'b/three.json', status: 'removed' },
      { path: 'c/d/five.json', status: 'added' },
    ]);
  });

  it('are renamed when they moved as they were', async () => {
    expect(await changes({ 'four.json': null, 'a/four.json': '4' })).toEqual([
      { path: 'a/four.json', status: 'renamed', previousPath: 'four.json' },
    ]);
  });

  it('are removed and added when they moved and changed', async () => {
    expect(await changes({ 'four.json': null, 'a/four.json': '44' })).toEqual([
      { path: 'a/four.json', status: 'added' },
      { path: 'four.json', status: 'removed' },
    ]);
  });

  it('follow a file that becomes a folder', async () => {
    expect(await changes({ 'four.json': null, 'four.json/x': 'x' })).toEqual([
      { path: 'four.json', status: 'removed' },
      { path: 'four.json/x', status: 'added' },
    ]);
  });

  it('leave out what happened on the base branch, when counted from the merge base', async () => {
    const head = await furnished.repository.commitFiles('change', { 'a/one.json': '11' }, { by: 'developer' });
    await furnished.repository.commitFiles('main', { 'b/three.json': '33' }, { by: 'owner' });
    const octokit = furnished.as('developer');
    const from = await mergeBase(octokit, claims, 'main', head);
    expect(from).toBe(base);
    expect(await changedFiles(octokit, claims, from, head)).toEqual([{ path: 'a/one.json', status: 'modified' }]);
  });

  it('are the same when many folders differ, with few calls', async () => {
    const paths = [...Array(12).keys()].map((at) => `many/team ${at}/deep/${at}.json`);
    const all = Object.fromEntries(paths.map((path) => [path, '1']));
    const from = await furnished.repository.commitFiles(
      'before',
      { ...all, 'many/team 3/gone.json': '9' },
      { by: 'developer' },
    );
    const edits = {
      ...Object.fromEntries(paths.slice(0, 9).map((path) => [path, '2'])),
      'many/team 3/gone.json': null,
    };
    const head = await furnished.repository.commitFiles(
      'before',
      { ...edits, 'many/new/x.json': '9' },
      { by: 'developer' },
    );
    const octokit = furnished.as('developer');
    const calls = vi.spyOn(octokit.rest.git, 'getTree');
    expect(await changedFiles(octokit, claims, from, head)).toEqual([
      { path: 'many/new/x.json', status: 'renamed', previousPath: 'many/team 3/gone.json' },
      ...paths.slice(0, 9).map((path) => ({ path, status: 'modified' })),
    ]);
    expect(calls.mock.calls.length).toBeLessThanOrEqual(6);
  });

  it('are all there, however many', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_100 }, (_, index) => [`many/${index}.json`, String(index)]));
    expect(await changes(many)).toHaveLength(3_100);
  });
});

describe('the comparison on a GitHub that cuts its answer', () => {
  it('fails instead of missing a change', async () => {
    const octokit = connect({ token: 'none', baseUrl: 'https://github.example', patient: false });
    nock('https://github.example')
      .get(/git\/trees/)
      .times(2)
      .reply(200, { truncated: true, tree: [] });
    await expect(changedFiles(octokit, claims, 'a', 'b')).rejects.toThrow('too many entries');
    nock.cleanAll();
  });
});
