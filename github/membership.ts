import type { Octokit, Repository } from './octokit.ts';
import { unlessMissing } from './request-status.ts';

/** Whether a person is an active member of a team (`organisation/team`) now. A team that is gone or out of sight has no members. */
export async function isMember(octokit: Octokit, team: string, login: string): Promise<boolean> {
  const [org = '', team_slug = ''] = team.split('/');
  const membership = octokit.rest.teams.getMembershipForUserInOrg({ org, team_slug, username: login });
  return (await unlessMissing(membership, undefined))?.data.state === 'active';
}

export type Permission = 'none' | 'read' | 'write' | 'maintain' | 'admin';

/** What a person may do in a repository now. Custom roles count as the built-in role that GitHub derives them from. */
export async function permissionOf(octokit: Octokit, repository: Repository, login: string): Promise<Permission> {
  const request = octokit.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
  const answer = await unlessMissing(request, undefined);
  if (!answer) return 'none';
  // `permission` knows neither maintain nor triage: it says write and read for them.
  if (answer.data.role_name === 'maintain') return 'maintain';
  const known: readonly Permission[] = ['read', 'write', 'admin'];
  return known.find((permission) => permission === answer.data.permission) ?? 'none';
}
