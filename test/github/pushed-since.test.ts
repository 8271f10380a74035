import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { pushedSince } from '../../github/pushed-since.ts';
import { claims } from './fixture.ts';

const address = 'https://github.example';
const octokit = connect({ token: 'none', baseUrl: address, patient: false });
afterEach(() => nock.cleanAll());

const commit = (sha: string, committer = 'developer', parents = 1): object => ({
  sha,
  author: { login: 'developer' },
  committer: { login: committer },
  parents: Array.from({ length: parents }, () => ({})),
});

function answers(since: { status: string; commits: object[] }, own: object[]): void {
  nock(address).get('/repos/acme/claims/compare/c1...c9').query(true).reply(200, since);
  nock(address).get('/repos/acme/claims/compare/main...c9').query(true).reply(200, { status: 'ahead', commits: own });
}

const ask = (of = 'c1'): Promise<boolean> => pushedSince(octokit, claims, { base: 'main', head: 'c9', commit: of });

describe('whether something was pushed since', () => {
  it('is no while the head is the same', async () => {
    expect(await ask('c9')).toBe(false);
  });

  it('is no when GitHub merged the base branch into it, with all that came along', async () => {
    answers({ status: 'ahead', commits: [commit('b1'), commit('m1', 'web-flow', 2)] }, [
      commit('c1'),
      commit('m1', 'web-flow', 2),
    ]);
    expect(await ask()).toBe(false);
  });

  it.each<[string, object[]]>([
    ['a commit', [commit('c2')]],
    ['a commit on the web', [commit('c2', 'web-flow')]],
    ['a merge that somebody made at home', [commit('m1', 'developer', 2)]],
    ['a commit before an update', [commit('c2'), commit('m1', 'web-flow', 2)]],
  ])('is yes after %s', async (_, own) => {
    answers({ status: 'ahead', commits: own }, [commit('c1'), ...own]);
    expect(await ask()).toBe(true);
  });

  it('is yes after a force push, and when the commit is gone', async () => {
    answers({ status: 'diverged', commits: [commit('m1', 'web-flow', 2)] }, []);
    expect(await ask()).toBe(true);
    nock.cleanAll();
    nock(address).get('/repos/acme/claims/compare/c1...c9').query(true).reply(404);
    expect(await ask()).toBe(true);
    expect(await ask('')).toBe(true);
  });

  it('is not answered when GitHub does not answer', async () => {
    nock(address).get('/repos/acme/claims/compare/c1...c9').query(true).reply(502);
    await expect(ask()).rejects.toMatchObject({ status: 502 });
  });
});
