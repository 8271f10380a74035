/** The rows of the emulator that Sluice's bridges and seeds touch; it keeps more. Everything has a numeric `id`. */
export interface GitHubStore {
  readonly users: Collection<UserRow>;
  readonly orgs: Collection<OrgRow>;
  readonly teams: Collection<TeamRow>;
  readonly teamMembers: Collection<TeamMemberRow>;
  readonly teamRepos: Collection<{ id: number; team_id: number; repo_id: number }>;
  readonly repos: Collection<RepoRow>;
  readonly collaborators: Collection<{ id: number; repo_id: number; user_id: number; permission: string }>;
  readonly issues: Collection<IssueRow>;
  readonly pullRequests: Collection<PullRow>;
  readonly comments: Collection<CommentRow>;
  readonly reviews: Collection<ReviewRow>;
  readonly branches: Collection<BranchRow>;
  readonly branchProtections: Collection<BranchProtectionRow>;
  readonly refs: Collection<{ id: number; repo_id: number; ref: string; sha: string }>;
  readonly commits: Collection<CommitRow>;
  readonly trees: Collection<TreeRow>;
  readonly blobs: Collection<BlobRow>;
  readonly checkRuns: Collection<CheckRunRow>;
  readonly apps: Collection<AppRow>;
  readonly appInstallations: Collection<InstallationRow>;
}

export interface Collection<Row> {
  all(): Row[];
  get(id: number): Row | undefined;
  findBy(field: keyof Row, value: string | number): Row[];
  findOneBy(field: keyof Row, value: string | number): Row | undefined;
  insert(row: Omit<Row, 'id'>): Row;
  update(id: number, patch: Partial<Row>): Row | undefined;
  delete(id: number): boolean;
}

export interface UserRow {
  id: number;
  login: string;
  node_id: string;
  type: 'User' | 'Bot';
}

export interface OrgRow {
  id: number;
  login: string;
  default_repository_permission: string;
}

export interface TeamRow {
  id: number;
  org_id: number;
  slug: string;
  /** Permission that the team has on its repositories: pull, triage, push, maintain, admin. */
  permission: string;
}

export interface TeamMemberRow {
  id: number;
  team_id: number;
  user_id: number;
  role: 'member' | 'maintainer';
}

export interface RepoRow {
  id: number;
  name: string;
  full_name: string;
  owner_id: number;
  owner_type: 'User' | 'Organization';
  private: boolean;
  default_branch: string;
}

export interface IssueRow {
  id: number;
  repo_id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  user_id: number;
  is_pull_request: boolean;
  closed_at: string | null;
  closed_by_id: number | null;
}

export interface PullRow {
  id: number;
  repo_id: number;
  number: number;
  title: string;
  state: 'open' | 'closed';
  user_id: number;
  draft: boolean;
  head_ref: string;
  head_sha: string;
  head_repo_id: number;
  base_ref: string;
  base_sha: string;
  merged: boolean;
  merged_at: string | null;
  merged_by_id: number | null;
  merge_commit_sha: string | null;
  mergeable: boolean;
  mergeable_state: string;
  closed_at: string | null;
  commits: number;
  changed_files: number;
}

export interface CommentRow {
  id: number;
  repo_id: number;
  issue_number: number | null;
  body: string;
  user_id: number;
  comment_type: 'issue' | 'review' | 'commit';
}

export interface ReviewRow {
  id: number;
  repo_id: number;
  pull_number: number;
  user_id: number;
  state: string;
  commit_id: string;
}

export interface BranchRow {
  id: number;
  repo_id: number;
  name: string;
  sha: string;
}

export interface BranchProtectionRow {
  id: number;
  repo_id: number;
  branch_name: string;
  enforce_admins: boolean;
  required_status_checks: { strict: boolean; contexts: string[] } | null;
}

export interface CommitRow {
  id: number;
  repo_id: number;
  sha: string;
  message: string;
  tree_sha: string;
  parent_shas: string[];
  author_name: string;
  author_email: string;
}

export interface BlobRow {
  id: number;
  repo_id: number;
  sha: string;
  content: string;
  encoding: 'utf-8' | 'base64';
}

export interface TreeRow {
  id: number;
  repo_id: number;
  sha: string;
  tree: TreeEntry[];
}

export interface TreeEntry {
  path: string;
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
}

export interface CheckRunRow {
  id: number;
  repo_id: number;
  head_sha: string;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  external_id: string;
  app_id: number | null;
  actions: { id: string; label: string; description: string }[] | null;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations_count: number;
    annotations: unknown[];
  };
}

export interface AppRow {
  id: number;
  app_id: number;
  slug: string;
  name: string;
  private_key: string;
  permissions: Record<string, string>;
  events: string[];
  webhook_url: string | null;
  webhook_secret: string | null;
}

export interface InstallationRow {
  id: number;
  installation_id: number;
  app_id: number;
  account_id: number;
  account_type: 'User' | 'Organization';
  account_login: string;
  repository_selection: 'all' | 'selected';
  repository_ids: number[];
  permissions: Record<string, string>;
  events: string[];
  suspended_at: string | null;
}

/** Who a token stands for. `installation` makes it a bot's. */
export interface TokenHolder {
  readonly login: string;
  readonly id: number;
  readonly scopes: string[];
  readonly installation?: {
    readonly installationId: number;
    readonly appId: number;
    readonly accountId: number;
    readonly accountType: 'User' | 'Organization';
    readonly permissions: Record<string, string>;
    readonly repositoryIds: readonly number[];
    readonly repositorySelection: 'all' | 'selected';
  };
}
