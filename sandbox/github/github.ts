import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Emulator, startEmulator } from './emulator.ts';
import { LocalRepository } from './repository.ts';
import type { TokenHolder } from './store.ts';
import type { Webhooks } from './webhooks.ts';

/** An App as its owner knows it after creating it. */
export interface LocalApp {
  readonly appId: number;
  readonly slug: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly installationId: number;
}

export interface AppRequest {
  readonly slug: string;
  /** Account it is installed on, for all its repositories. */
  readonly account: string;
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly events: readonly string[];
  readonly webhookUrl: string;
}

/** GitHub's own App behind GITHUB_TOKEN. */
const actionsApp = { app_id: 15_368, slug: 'github-actions', name: 'GitHub Actions' };

/** Making one takes longer than anything else here; one for all Apps of a process proves as much. */
let privateKey: string | undefined;

function newPrivateKey(): string {
  const encoding = { type: 'pkcs1', format: 'pem' } as const;
  return generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: encoding, publicKeyEncoding: encoding })
    .privateKey;
}

/** Starts a GitHub on a free port of this machine. Everything it knows is in memory and gone after `close`. */
export async function startGitHub(): Promise<LocalGitHub> {
  return new LocalGitHub(await startEmulator());
}

/** A GitHub that keeps state, and the hands to furnish it. */
export class LocalGitHub {
  /** What GITHUB_API_URL or Octokit's baseUrl is set to. */
  readonly url: string;
  readonly webhooks: Webhooks;
  readonly emulator: Emulator;
  readonly #tokens = new Map<string, string>();

  constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.url = emulator.url;
    this.webhooks = emulator.webhooks;
  }

  createUser(login: string): void {
    this.emulator.seed({ users: [{ login }] });
    this.tokenOf(login);
  }

  /** `owners` administrate it; `members` have what the organisation gives by default: read. Creates the users. */
  createOrganisation(login: string, people: { owners: readonly string[]; members?: readonly string[] }): void {
    const { owners, members = [] } = people;
    for (const person of [...owners, ...members]) this.createUser(person);
    const roles = [
      ...owners.map((owner) => ({ login: owner, role: 'admin' })),
      ...members.map((member) => ({ login: member })),
    ];
    this.emulator.seed({ orgs: [{ login, members: roles }] });
  }

  /** `name` is `organisation/team`. `permission` is what it has on the repositories it is given. */
  createTeam(
    name: string,
    team: { members: readonly string[]; permission?: 'pull' | 'push' | 'maintain' | 'admin' },
  ): void {
    const { store } = this.emulator;
    const [organisation = '', slug = ''] = name.split('/');
    const org = store.orgs.findOneBy('login', organisation);
    if (!org) throw new Error(`there is no organisation ${organisation}`);
    const row = { org_id: org.id, slug, permission: team.permission ?? 'push' };
    const { id } = store.teams.insert({
      ...row,
    });
    for (const login of team.members)
      store.teamMembers.insert({ team_id: id, user_id: this.#user(login), role: 'member' });
  }

  addToTeam(name: string, login: string): void {
    const { teamMembers } = this.emulator.store;
    const row = { team_id: this.#team(name), user_id: this.#user(login), role: 'member' as const };
    if (!teamMembers.all().some((member) => member.team_id === row.team_id && member.user_id === row.user_id))
      teamMembers.insert(row);
  }

  /** Takes a person out of a team, as when somebody changes jobs. */
  removeFromTeam(name: string, login: string): void {
    const { teamMembers } = this.emulator.store;
    const [team, user] = [this.#team(name), this.#user(login)];
    const member = teamMembers.all().find((row) => row.team_id === team && row.user_id === user);
    if (member) teamMembers.delete(member.id);
  }

  /** `fullName` is `owner/name`; the first commit on `main` holds `files`. `by` must be an owner of the organisation, or the user. */
  async createRepository(
    fullName: string,
    repository: {
      by: string;
      files?: Readonly<Record<string, string>>;
      private?: boolean;
      teams?: readonly string[];
      writers?: readonly string[];
    },
  ): Promise<LocalRepository> {
    const [owner = '', name = ''] = fullName.split('/');
    this.emulator.seed({ repos: [{ owner, name, private: repository.private ?? false }] });
    const { store } = this.emulator;
    const row = store.repos.findOneBy('full_name', fullName);
    if (!row) throw new Error(`${owner} must exist before its repository`);
    for (const login of repository.writers ?? []) {
      store.collaborators.insert({ repo_id: row.id, user_id: this.#user(login), permission: 'push' });
    }
    for (const team of store.teams.all()) {
      if (repository.teams?.includes(`${owner}/${team.slug}`))
        store.teamRepos.insert({ team_id: team.id, repo_id: row.id });
    }
    const created = new LocalRepository(this, fullName);
    if (repository.files) await created.commitFiles('main', repository.files, { by: repository.by });
    return created;
  }

  /** Creates an App with a key and a fresh secret, and installs it. */
  createApp(request: AppRequest): LocalApp {
    const appId = 1000 + this.emulator.store.apps.all().length;
    privateKey ??= newPrivateKey();
    const webhookSecret = randomBytes(20).toString('hex');
    const { slug, permissions, events, account, webhookUrl } = request;
    const installation = { installation_id: appId * 10, account, repository_selection: 'all' };
    const app = { app_id: appId, slug, name: slug, private_key: privateKey, permissions, events: [...events] };
    this.emulator.seed({
      apps: [{ ...app, webhook_url: webhookUrl, webhook_secret: webhookSecret, installations: [installation] }],
    });
    return { appId, slug, privateKey, webhookSecret, installationId: installation.installation_id };
  }

  /** Where an App's webhooks go from now on: its server is often started after it was created. */
  setWebhookUrl(app: LocalApp, url: string): void {
    const row = this.emulator.store.apps.findOneBy('app_id', app.appId);
    if (row) this.emulator.store.apps.update(row.id, { webhook_url: url });
  }

  /** An owner takes a permission back from an installed App; tokens that it already has keep it. */
  revokePermission(app: LocalApp, permission: string): void {
    const { appInstallations } = this.emulator.store;
    const row = appInstallations.findOneBy('installation_id', app.installationId);
    if (!row) throw new Error(`${app.slug} is not installed`);
    const { [permission]: _, ...permissions } = row.permissions;
    appInstallations.update(row.id, { permissions });
  }

  /** A personal access token. */
  tokenOf(login: string): string {
    const known = this.#tokens.get(login);
    if (known !== undefined) return known;
    const token = `ghp_${randomBytes(15).toString('hex')}`;
    this.emulator.tokens.set(token, { login, id: this.#user(login), scopes: ['repo', 'admin:org'] });
    this.#tokens.set(login, token);
    return token;
  }

  /** What a workflow run gets as GITHUB_TOKEN, with the permissions that the workflow asks for. */
  actionsToken(repository: LocalRepository, permissions: Readonly<Record<string, 'read' | 'write'>>): string {
    const { store, tokens } = this.emulator;
    if (!store.apps.findOneBy('app_id', actionsApp.app_id))
      this.emulator.seed({ apps: [{ ...actionsApp, private_key: 'kept by GitHub' }] });
    const repo = store.repos.findOneBy('full_name', repository.fullName);
    if (!repo) throw new Error(`there is no repository ${repository.fullName}`);
    const token = `ghs_${randomBytes(15).toString('hex')}`;
    const holder: TokenHolder = {
      login: repository.owner,
      id: repo.owner_id,
      scopes: [],
      installation: {
        installationId: 1,
        appId: actionsApp.app_id,
        accountId: repo.owner_id,
        accountType: repo.owner_type,
        permissions: { ...permissions },
        repositoryIds: [repo.id],
        repositorySelection: 'selected',
      },
    };
    tokens.set(token, holder);
    return token;
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }

  #team(name: string): number {
    const { store } = this.emulator;
    const [organisation = '', slug = ''] = name.split('/');
    const org = store.orgs.findOneBy('login', organisation);
    const team = store.teams.all().find((row) => row.org_id === org?.id && row.slug === slug);
    if (!team) throw new Error(`there is no team ${name}`);
    return team.id;
  }

  #user(login: string): number {
    const user = this.emulator.store.users.findOneBy('login', login);
    if (!user) throw new Error(`there is no user ${login}`);
    return user.id;
  }
}
