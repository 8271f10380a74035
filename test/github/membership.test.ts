import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { isMember, permissionOf } from '../../github/membership.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
beforeEach(async () => {
  furnished = await furnishedGitHub();
});
afterEach(() => furnished.github.close());

describe('membership of a team', () => {
  it('is what it is now', async () => {
    const octokit = furnished.as('owner');
    expect(await isMember(octokit, 'acme/platform', 'platform-engineer')).toBe(true);
    furnished.github.removeFromTeam('acme/platform', 'platform-engineer');
    expect(await isMember(octokit, 'acme/platform', 'platform-engineer')).toBe(false);
  });

  it('is refused to strangers, to members of other teams, and in teams that do not exist', async () => {
    const octokit = furnished.as('owner');
    expect(await isMember(octokit, 'acme/platform', 'stranger')).toBe(false);
    expect(await isMember(octokit, 'acme/platform', 'developer')).toBe(false);
    expect(await isMember(octokit, 'acme/nobody', 'platform-engineer')).toBe(false);
  });
});

describe('permission in a repository', () => {
  it('is what direct access, teams and the organisation give', async () => {
    const octokit = furnished.as('owner');
    const permissions = ['owner', 'developer', 'platform-engineer', 'stranger', 'nobody'].map((login) =>
      permissionOf(octokit, claims, login),
    );
    expect(await Promise.all(permissions)).toEqual(['admin', 'write', 'write', 'read', 'none']);
  });
});

describe('on a GitHub that answers differently', () => {
  const address = 'https://github.example';
  const octokit = connect({ token: 'none', baseUrl: address, patient: false });
  afterEach(() => nock.cleanAll());

  it('does not count an invitation that was not accepted', async () => {
    nock(address)
      .get('/orgs/acme/teams/platform/memberships/developer')
      .reply(200, { state: 'pending', role: 'member' });
    expect(await isMember(octokit, 'acme/platform', 'developer')).toBe(false);
  });

  it('fails when the App may not see members, instead of guessing', async () => {
    nock(address)
      .get('/orgs/acme/teams/platform/memberships/developer')
      .reply(403, { message: 'Resource not accessible by integration' });
    await expect(isMember(octokit, 'acme/platform', 'developer')).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    ['maintain', 'write', 'maintain'],
    ['triage', 'read', 'read'],
    ['release-manager', 'write', 'write'],
    ['auditor', 'none', 'none'],
  ])('reads role %s with permission %s as %s', async (role_name, permission, expected) => {
    nock(address).get('/repos/acme/claims/collaborators/developer/permission').reply(200, { role_name, permission });
    expect(await permissionOf(octokit, claims, 'developer')).toBe(expected);
  });
});
