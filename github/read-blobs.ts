import type { Octokit, Repository } from './octokit.ts';
import { requestStatus } from './request-status.ts';

/** Files per query. An answer takes well below GitHub's ten seconds; where it does not, two smaller questions are asked. */
const filesPerQuery = 500;
const fewestPerQuery = 25;

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
    const found = await ask(octokit, repository, lot).catch((error: unknown) => {
      if (lot.length <= fewestPerQuery || (requestStatus(error) ?? 500) < 500) throw error;
      return undefined;
    });
    if (found === undefined) {
      const half = Math.ceil(lot.length / 2);
      await Promise.all([readLot(lot.slice(0, half)), readLot(lot.slice(half))]);
      return;
    }
    for (const [index, expression] of lot.entries()) {
      const blob = found[`f${index}`];
      if (typeof blob?.text === 'string' && blob.isTruncated === false && !blob.text.includes('\ufffd')) {
        texts.set(expression, blob.text);
      }
    }
  };
  await Promise.all(lots.map(readLot));
  return texts;
}

async function ask(
  octokit: Octokit,
  repository: Repository,
  expressions: readonly string[],
): Promise<Readonly<Record<string, Blob | null>>> {
  const { repository: found } = await octokit.graphql<{ repository: Record<string, Blob | null> | null }>(
    queryFor(expressions.length),
    { ...repository, ...Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression])) },
  );
  return found ?? {};
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
