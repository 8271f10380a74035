import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalGitHub, startGitHub } from '../../../sandbox/github/github.ts';
import type { LocalPullRequest } from '../../../sandbox/github/pull-request.ts';
import type { LocalRepository } from '../../../sandbox/github/repository.ts';

const numbered = (count: number, changed: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, at) => `${changed[at + 1] ?? `line ${at + 1}`}\n`).join('');
const claims = { owner: 'acme', repo: 'claims' };

let github: LocalGitHub;
let repository: LocalRepository;
let pull: LocalPullRequest;

beforeAll(async () => {
  github = await startGitHub();
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer'] });
  repository = await github.createRepository('acme/claims', {
    by: 'owner',
    files: { 'a.txt': numbered(30), 'b.txt': 'one\n' },
    writers: ['developer'],
  });
  await repository.commitFiles(
    'topic',
    { 'a.txt': numbered(30, { 10: 'ten' }), 'new.txt': 'a\nb\n' },
    { by: 'developer' },
  );
  pull = await repository.openPullRequest({ head: 'topic', title: 'A change', by: 'developer' });
});
afterAll(() => github.close());

async function comment(path: string, line: number, more: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const octokit = new Octokit({ baseUrl: github.url, auth: github.tokenOf('developer') });
  const place = { pull_number: pull.number, commit_id: pull.head, path, line, side: 'RIGHT' as const };
  const failed = (error: { status: number }): { status: number } => error;
  return (await octokit.rest.pulls.createReviewComment({ ...claims, ...place, body: 'x', ...more }).catch(failed))
    .status;
}

it('takes comments on lines of the difference and on three around them, and on no other', async () => {
  expect(await comment('a.txt', 10)).toBe(201);
  expect(await comment('a.txt', 7)).toBe(201);
  expect(await comment('a.txt', 13)).toBe(201);
  expect(await comment('a.txt', 6)).toBe(422);
  expect(await comment('a.txt', 14)).toBe(422);
  expect(await comment('b.txt', 1)).toBe(422);
  expect(await comment('nowhere.txt', 1)).toBe(422);
  expect(await comment('new.txt', 2)).toBe(201);
  expect(await comment('new.txt', 3)).toBe(422);
});

it('takes several lines when all of them are part of it, the first before the last', async () => {
  expect(await comment('a.txt', 12, { start_line: 8, start_side: 'RIGHT' })).toBe(201);
  expect(await comment('a.txt', 12, { start_line: 5, start_side: 'RIGHT' })).toBe(422);
  expect(await comment('a.txt', 12, { start_line: 12, start_side: 'RIGHT' })).toBe(422);
  expect(await comment('a.txt', 10, { commit_id: await repository.tipOf('main') })).toBe(422);
});

it('moves comments with their lines, until those change', async () => {
  const places = async () =>
    (await pull.lineComments('developer')).map(({ path, line, start_line }) => [path, start_line, line]);
  expect(await places()).toEqual([
    ['a.txt', null, 10],
    ['a.txt', null, 7],
    ['a.txt', null, 13],
    ['new.txt', null, 2],
    ['a.txt', 8, 12],
  ]);
  await repository.commitFiles(
    'topic',
    { 'a.txt': `first\n${numbered(30, { 10: 'ten', 13: 'thirteen' })}` },
    { by: 'developer' },
  );
  expect(await places()).toEqual([
    ['a.txt', null, 11],
    ['a.txt', null, 8],
    ['a.txt', null, null],
    ['new.txt', null, 2],
    ['a.txt', 9, 13],
  ]);
});
