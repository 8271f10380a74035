import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { openClaims } from '../../github/open-claims.ts';

const address = 'https://github.example';
const octokit = connect({ token: 'none', baseUrl: address, patient: false });
const repository = { owner: 'acme', repo: 'claims' };
const ours = {
  number: 7,
  branch: 'main',
  changedFiles: [{ path: 'schemas/claim.json', status: 'modified' as const }],
};

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Answers questions about pull requests with `nodes`, and about texts with what each expression says. */
function github(nodes: object[], texts: Readonly<Record<string, string | null>>): Question[] {
  const asked: Question[] = [];
  nock(address)
    .post('/graphql')
    .times(10)
    .reply(200, (_uri, body) => {
      const question = body as Question;
      asked.push(question);
      if (question.query.includes('pullRequests(')) return { data: { repository: { pullRequests: { nodes } } } };
      const blobs = Object.entries(question.variables)
        .filter(([name]) => /^e\d+$/.test(name))
        .map(([name, expression]) => [
          `f${name.slice(1)}`,
          texts[expression] === null ? null : { text: texts[expression], isTruncated: false },
        ]);
      return { data: { repository: Object.fromEntries(blobs) } };
    });
  return asked;
}

const pull = (number: number, paths: readonly string[], changeType = 'MODIFIED') => ({
  number,
  headRefOid: `${number}`.repeat(40),
  files: { nodes: paths.map((path) => ({ path, changeType })) },
});

afterEach(() => nock.cleanAll());

describe('openClaims', () => {
  it('finds what other pull requests do to the same files and folders, with two requests', async () => {
    const asked = github(
      [
        pull(7, ['schemas/claim.json']),
        pull(8, ['schemas/claim.json', 'schemas/new.json', 'src/a.ts']),
        pull(9, ['schemas/claim.json']),
      ],
      {
        [`${'8'.repeat(40)}:schemas/claim.json`]: '{"version":"2.0.0"}',
        [`${'9'.repeat(40)}:schemas/claim.json`]: null,
      },
    );
    expect(await openClaims(octokit, repository, ours)).toEqual([
      { pullRequest: 8, path: 'schemas/claim.json', text: '{"version":"2.0.0"}' },
      { pullRequest: 8, path: 'schemas/new.json', text: undefined },
      { pullRequest: 9, path: 'schemas/claim.json', text: undefined },
    ]);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.variables).toMatchObject({ owner: 'acme', repo: 'claims', branch: 'main' });
  });

  it('asks once where nothing is touched twice, and finds no claim in a deletion', async () => {
    const asked = github(
      [pull(8, ['schemas/claim.json'], 'DELETED'), pull(9, ['docs/a.md']), { ...pull(10, []), files: null }],
      {},
    );
    expect(await openClaims(octokit, repository, ours)).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
