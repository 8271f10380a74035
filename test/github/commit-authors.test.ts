import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitAuthors } from '../../github/commit-authors.ts';
import { connect } from '../../github/connect.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

describe('those who wrote the commits', () => {
  let furnished: Furnished;
  beforeEach(async () => {
    furnished = await furnishedGitHub();
  });
  afterEach(() => furnished.github.close());

  it('are all who pushed to the branch since it left the base', async () => {
    const { repository } = furnished;
    await repository.commitFiles('main', { 'before.json': '0' }, { by: 'owner' });
    await repository.commitFiles('change', { 'a.json': '1' }, { by: 'developer' });
    const head = await repository.commitFiles('change', { 'b.json': '2' }, { by: 'platform-engineer' });
    const logins = await commitAuthors(furnished.as('developer'), claims, 'main', head);
    expect([...logins].sort()).toEqual(['developer', 'platform-engineer']);
  });
});

describe('on a GitHub that answers differently', () => {
  const address = 'https://github.example';
  const octokit = connect({ token: 'none', baseUrl: address, patient: false });
  afterEach(() => nock.cleanAll());
  const commit = (author: string | null, committer: string | null, parents = 1): object => ({
    author: author === null ? null : { login: author },
    committer: committer === null ? null : { login: committer },
    parents: Array.from({ length: parents }, () => ({})),
  });

  it('are collected from all pages', async () => {
    const path = '/repos/acme/claims/compare/base...head';
    const next = `<${address}${path}?per_page=100&page=2>; rel="next"`;
    nock(address)
      .get(path)
      .query({ per_page: 100 })
      .reply(200, { commits: [commit('developer', 'developer')] }, { link: next });
    nock(address)
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, { commits: [commit('pat', 'web-flow')] });
    expect(await commitAuthors(octokit, claims, 'base', 'head')).toEqual(['developer', 'pat']);
  });

  it('leave out merges that GitHub made, and keep those that a person made', async () => {
    const commits = [commit('developer', 'web-flow', 2), commit('pat', 'pat', 2), commit(null, null)];
    nock(address)
      .get(/compare/)
      .reply(200, { commits });
    expect(await commitAuthors(octokit, claims, 'base', 'head')).toEqual(['pat']);
  });
});
