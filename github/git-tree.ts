import type { Octokit, Repository } from './octokit.ts';

export interface GitEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
}

/** One folder of a commit. `sha` is a tree's or a commit's. Throws when GitHub cannot list it whole: half a list would hide changes. */
export async function readFolder(octokit: Octokit, repository: Repository, sha: string): Promise<readonly GitEntry[]> {
  const { data } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha });
  if (data.truncated) throw new Error(`GitHub cuts the listing of folder ${sha}: it has too many entries`);
  return data.tree as readonly GitEntry[];
}

/** All that is below a folder, by paths from there; undefined when GitHub cuts the listing. */
export async function readBelow(
  octokit: Octokit,
  repository: Repository,
  sha: string,
): Promise<readonly GitEntry[] | undefined> {
  const { data } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha, recursive: 'true' });
  return data.truncated ? undefined : (data.tree as readonly GitEntry[]);
}

/** Paths of all files of a commit, also of more than GitHub gives in one answer (100,000 entries or 7 MB). */
export async function listFiles(octokit: Octokit, repository: Repository, sha: string, prefix = ''): Promise<string[]> {
  const whole = await readBelow(octokit, repository, sha);
  if (whole) return whole.filter(isFile).map((entry) => prefix + entry.path);
  const paths: string[] = [];
  for (const entry of await readFolder(octokit, repository, sha)) {
    const path = prefix + entry.path;
    if (entry.type === 'tree') paths.push(...(await listFiles(octokit, repository, entry.sha, `${path}/`)));
    else if (isFile(entry)) paths.push(path);
  }
  return paths;
}

/** Submodules are commits of other repositories: not files. */
export function isFile(entry: GitEntry): boolean {
  return entry.type === 'blob';
}
