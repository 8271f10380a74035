import type { ChangedFile, ClaimedFile } from '../core/review/review.ts';
import type { Octokit, Repository } from './octokit.ts';
import { readExpressions } from './read-blobs.ts';

/** GitHub lists so many files of each pull request in one answer, and this is one answer. */
const filesPerPull = 100;
const mostPulls = 50;
/** Files whose text is asked for, in one more answer. */
const mostTexts = 100;

interface Answer {
  readonly repository: {
    readonly pullRequests: {
      readonly nodes: readonly {
        readonly number: number;
        readonly headRefOid: string;
        readonly files: { readonly nodes: readonly { readonly path: string; readonly changeType: string }[] } | null;
      }[];
    };
  } | null;
}

/**
 * Files that other open pull requests into the same branch add or change, as far as they are in the folders that this one touches: for the
 * rule that looks for versions claimed twice. Two requests at most, however many there are: the 50 that changed last, 100 files of each.
 * What is not in the answer may be there all the same.
 * @param ours number of the pull request that asks, and the branch it goes to
 */
export async function openClaims(
  octokit: Octokit,
  repository: Repository,
  ours: { readonly number: number; readonly branch: string; readonly changedFiles: readonly ChangedFile[] },
): Promise<readonly ClaimedFile[]> {
  const folders = new Set(ours.changedFiles.map(({ path }) => folderOf(path)));
  const answer = await octokit.graphql<Answer>(query, { ...repository, branch: ours.branch });
  const found = (answer.repository?.pullRequests.nodes ?? [])
    .filter(({ number }) => number !== ours.number)
    .flatMap(({ number, headRefOid, files }) =>
      (files?.nodes ?? [])
        .filter(({ path, changeType }) => changeType !== 'DELETED' && folders.has(folderOf(path)))
        .map(({ path }) => ({ pullRequest: number, path, expression: `${headRefOid}:${path}` })),
    );
  const paths = new Set(ours.changedFiles.map(({ path }) => path));
  // Where the path does not say the version, the text must.
  const wanted = found.filter(({ path }) => paths.has(path)).slice(0, mostTexts);
  const texts = await readExpressions(
    octokit,
    repository,
    wanted.map(({ expression }) => expression),
  );
  return found.map(({ pullRequest, path, expression }) => ({ pullRequest, path, text: texts.get(expression) }));
}

const query = `query ($owner: String!, $repo: String!, $branch: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, baseRefName: $branch, first: ${mostPulls}, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number headRefOid files(first: ${filesPerPull}) { nodes { path changeType } } }
    }
  }
}`;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
