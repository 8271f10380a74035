import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { treeAt } from '../../github/tree.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
beforeEach(async () => {
  furnished = await furnishedGitHub({ 'schemas/claim.json': '{"type":"object"}\n', 'ä/ö ü.json': '"ß"' });
});
afterEach(() => furnished.github.close());

describe('the tree of a commit', () => {
  it('reads a file as it was at that commit, not as it is now', async () => {
    const { repository } = furnished;
    const before = (await repository.tipOf('main')) ?? '';
    await repository.commitFiles('main', { 'schemas/claim.json': 'true\n' }, { by: 'owner' });
    expect(await treeAt(furnished.as('developer'), claims, before).read('schemas/claim.json')).toBe(
      '{"type":"object"}\n',
    );
  });

  it('reads names with spaces and letters of any language', async () => {
    const tree = treeAt(furnished.as('developer'), claims, (await furnished.repository.tipOf('main')) ?? '');
    expect(await tree.read('ä/ö ü.json')).toBe('"ß"');
  });

  it('says undefined for a file that is not there, and for a folder', async () => {
    const tree = treeAt(furnished.as('developer'), claims, (await furnished.repository.tipOf('main')) ?? '');
    expect([await tree.read('schemas/other.json'), await tree.read('schemas')]).toEqual([undefined, undefined]);
  });

  it('never says "not there" of a commit that it cannot see', async () => {
    await expect(
      treeAt(furnished.as('developer'), claims, '0'.repeat(40)).read('schemas/claim.json'),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('reads files over 1 MB, which the contents API leaves out', async () => {
    const text = `"${'x'.repeat(1_200_000)}"`;
    const commit = await furnished.repository.commitFiles('main', { 'big.json': text }, { by: 'owner' });
    expect(await treeAt(furnished.as('developer'), claims, commit).read('big.json')).toBe(text);
  });

  it('lists all files', async () => {
    const tree = treeAt(furnished.as('developer'), claims, (await furnished.repository.tipOf('main')) ?? '');
    expect([...(await tree.list())].sort()).toEqual(['README.md', 'schemas/claim.json', 'ä/ö ü.json']);
  });
});

describe('a tree on a GitHub that answers differently', () => {
  const address = 'https://github.example';
  const octokit = connect({ token: 'none', baseUrl: address, patient: false });
  const commit = 'c'.repeat(40);
  const api = (): nock.Scope => nock(address);
  afterEach(() => nock.cleanAll());

  it('walks the folders when the listing is cut', async () => {
    api()
      .get(`/repos/acme/claims/git/trees/${commit}`)
      .query({ recursive: 'true' })
      .reply(200, { truncated: true, tree: [] });
    api()
      .get(`/repos/acme/claims/git/trees/${commit}`)
      .reply(200, {
        truncated: false,
        tree: [entry('a', 'tree', 'sub'), entry('b.json', 'blob', 'b'), entry('m', 'commit', 'm')],
      });
    api()
      .get('/repos/acme/claims/git/trees/sub')
      .query({ recursive: 'true' })
      .reply(200, { truncated: false, tree: [entry('c.json', 'blob', 'c')] });
    expect(await treeAt(octokit, claims, commit).list()).toEqual(['a/c.json', 'b.json']);
  });

  it('refuses to go on from half a folder', async () => {
    api().get(`/repos/acme/claims/git/trees/${commit}`).query(true).times(2).reply(200, { truncated: true, tree: [] });
    await expect(treeAt(octokit, claims, commit).list()).rejects.toThrow('too many entries');
  });

  it('refuses text that is not UTF-8 instead of guessing', async () => {
    const content = Buffer.from([0x22, 0xe4, 0x22]).toString('base64');
    api()
      .get('/repos/acme/claims/contents/a.json')
      .query({ ref: commit })
      .reply(200, { type: 'file', encoding: 'base64', content, sha: 's' });
    await expect(treeAt(octokit, claims, commit).read('a.json')).rejects.toThrow('a.json: is not UTF-8 text');
  });

  it.each([401, 403, 500])('passes on a refusal (%d) instead of taking it for a missing file', async (status) => {
    api().get('/repos/acme/claims/contents/a.json').query({ ref: commit }).reply(status, { message: 'no' });
    await expect(treeAt(octokit, claims, commit).read('a.json')).rejects.toMatchObject({ status });
  });
});

function entry(path: string, type: string, sha: string): object {
  return { path, type, sha, mode: '100644' };
}
