import { answer, type Bridge, type Emulation, findRepo, matches, refusal } from '../emulation.ts';
import type { RepoRow } from '../store.ts';

const ranks = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
const asRole: Record<string, string> = { pull: 'read', push: 'write' };

/** The strongest of ownership, teams, the organisation's default and direct access; the emulator makes every member an administrator. */
export const collaboratorPermission: Bridge = (emulation, call, next) => {
  const path = matches(call, 'GET', '/repos/:owner/:repo/collaborators/:login/permission');
  const repo = path && findRepo(emulation.store, path['owner'], path['repo']);
  if (!repo || !call.holder) return next(call);
  const user = emulation.store.users.all().find((row) => row.login.toLowerCase() === path['login']?.toLowerCase());
  if (!user) return Promise.resolve(refusal(404, `${path['login']} is not a user`));
  const role = roleOf(emulation, repo, user.id);
  const legacy = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
  return Promise.resolve(
    answer(200, { permission: legacy, role_name: role, user: { login: user.login, id: user.id, type: user.type } }),
  );
};

function roleOf({ store }: Emulation, repo: RepoRow, user: number): string {
  const roles = [repo.private ? 'none' : 'read'];
  if (repo.owner_type === 'User' && repo.owner_id === user) roles.push('admin');
  for (const direct of store.collaborators.findBy('repo_id', repo.id))
    if (direct.user_id === user) roles.push(direct.permission);
  for (const member of store.teamMembers.findBy('user_id', user)) {
    const team = store.teams.get(member.team_id);
    if (!team || repo.owner_type !== 'Organization' || team.org_id !== repo.owner_id) continue;
    roles.push(store.orgs.get(team.org_id)?.default_repository_permission ?? 'none');
    if (team.slug === 'members' && member.role === 'maintainer') roles.push('admin');
    if (store.teamRepos.findBy('team_id', team.id).some((link) => link.repo_id === repo.id))
      roles.push(team.permission);
  }
  return roles
    .map((role) => asRole[role] ?? role)
    .reduce((best, role) => (ranks.indexOf(role) > ranks.indexOf(best) ? role : best));
}
