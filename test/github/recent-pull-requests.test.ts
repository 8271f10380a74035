import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { recentPullRequests } from '../../github/recent-pull-requests.ts';

const address = 'https://github.example';
const octokit = connect({ token: 'none', baseUrl: address, patient: false });
const repository = { owner: 'acme', repo: 'claims' };
const since = new Date('2026-01-02T00:00:00Z');
const pull = (number: number, state: string, updated: string, merged: string | null = null): object => ({
  number,
  state,
  updated_at: updated,
  merged_at: merged,
});
afterEach(() => nock.cleanAll());

function page(number: number, pulls: object[], more: boolean): void {
  const path = '/repos/acme/claims/pulls';
  const link = more ? { link: `<${address}${path}?page=${number + 1}>; rel="next"` } : {};
  const query = number === 1 ? { state: 'all', sort: 'updated', direction: 'desc', per_page: 100 } : { page: number };
  nock(address).get(path).query(query).reply(200, pulls, link);
}

describe('the recent pull requests', () => {
  it('are the open and the merged ones, not those that were given up', async () => {
    const day = '2026-01-03T00:00:00Z';
    page(1, [pull(1, 'open', day), pull(2, 'closed', day, day), pull(3, 'closed', day)], false);
    expect(await recentPullRequests(octokit, repository, since)).toEqual([1, 2]);
  });

  it('end with the first that is older, and no further page is asked for', async () => {
    page(1, [pull(1, 'open', '2026-01-02T00:00:00Z'), pull(2, 'open', '2026-01-01T23:59:59Z')], true);
    expect(await recentPullRequests(octokit, repository, since)).toEqual([1]);
  });

  it('are collected from as many pages as it takes', async () => {
    page(1, [pull(1, 'open', '2026-01-04T00:00:00Z')], true);
    page(2, [pull(2, 'open', '2026-01-03T00:00:00Z')], false);
    expect(await recentPullRequests(octokit, repository, since)).toEqual([1, 2]);
  });
});
