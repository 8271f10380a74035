import type { Octokit, Repository } from './octokit.ts';

/** Files per query: an answer stays well below GitHub's ten seconds. */
const filesPerQuery = 100;

interface Blob {
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

/**
 * Texts of many files of a commit with few calls. Only what came whole and unharmed is in the answer: large files are cut here, and bytes
 * that are no UTF-8 are replaced, so the rest must be read one by one.
 */
export async function readBlobs(
  octokit: Octokit,
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const expressions = paths.map((path) => `${commit}:${path}`);
  const texts = await readExpressions(octokit, repository, expressions);
  return new Map([...texts].map(([expression, text]) => [expression.slice(commit.length + 1), text]));
}

/** The same for files of several commits, each named `<commit>:<path>`. */
export async function readExpressions(
  octokit: Octokit,
  repository: Repository,
  expressions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const lots = Array.from({ length: Math.ceil(expressions.length / filesPerQuery) }, (_, lot) =>
    expressions.slice(lot * filesPerQuery, (lot + 1) * filesPerQuery),
  );
  const readLot = async (lot: readonly string[]): Promise<void> => {
    const { repository: found } = await octokit.graphql<{ repository: Record<string, Blob | null> | null }>(
      queryFor(lot.length),
      { ...repository, ...Object.fromEntries(lot.map((expression, index) => [`e${index}`, expression])) },
    );
    for (const [index, expression] of lot.entries()) {
      const blob = found?.[`f${index}`];
      if (typeof blob?.text === 'string' && blob.isTruncated === false && !blob.text.includes('\ufffd')) {
        texts.set(expression, blob.text);
      }
    }
  };
  await Promise.all(lots.map(readLot));
  return texts;
}

function queryFor(count: number): string {
  const numbers = [...Array(count).keys()];
  const variables = numbers.map((index) => `, $e${index}: String!`).join('');
  const fields = numbers.map((index) => `f${index}: object(expression: $e${index}) { ...text }`).join('\n');
  return `query ($owner: String!, $repo: String!${variables}) {
    repository(owner: $owner, name: $repo) { ${fields} }
  }
  fragment text on Blob { text isTruncated }`;
}
