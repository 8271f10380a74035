import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import type { Review } from '../../core/review/review.ts';
import { reviewPullRequest } from '../../core/review/review-pull-request.ts';
import { changedFiles } from '../../github/changed-files.ts';
import type { Octokit } from '../../github/octokit.ts';
import { treeAt } from '../../github/tree.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

/** What a review may cost besides three calls for each schema that changed: commits, folders, listings, texts by the hundred. */
const constant = 20;

const folders = 12;
const schema = (at: number, type = 'string') =>
  JSON.stringify({ version: '1.0.0', type: 'object', properties: { [`p${at}`]: { type } } });
const mutable = Object.fromEntries(
  [...Array(600).keys()].map((at) => [`schemas/f${at % folders}/${at}.json`, schema(at)]),
);
const versions = Object.fromEntries(
  [...Array(60).keys()].map((at) => [
    `iglu/com.acme/claim/jsonschema/1-0-${at}`,
    `{"type":"string","maxLength":${at + 1}}`,
  ]),
);
const configuration = `schemas:
  - { files: 'iglu/**', layout: immutable, compatibility: BACKWARD_TRANSITIVE }
  - { files: 'schemas/**/*.json' }
`;

let furnished: Furnished;
beforeAll(async () => {
  furnished = await furnishedGitHub({ ...mutable, ...versions, 'src/a.ts': '1' });
  return () => furnished.github.close();
}, 60_000);

let branches = 0;
/** The review of a pull request, and how many requests it took. */
async function reviewed(files: Readonly<Record<string, string | null>>): Promise<{ review: Review; calls: number }> {
  branches += 1;
  const branch = `topic-${branches}`;
  await furnished.repository.commitFiles(branch, files, { by: 'developer' });
  const [base, head] = [await furnished.repository.tipOf('main'), await furnished.repository.tipOf(branch)];
  if (base === undefined || head === undefined) throw new Error('a branch is missing');
  const parsed = parseConfiguration({ path: 'sluice.yml', text: configuration });
  if ('problems' in parsed) throw new Error('broken');
  const octokit = furnished.as('developer');
  let calls = 0;
  counted(octokit).hook.before('request', () => {
    calls += 1;
  });
  const review = await reviewPullRequest({
    base: treeAt(octokit, claims, base),
    head: treeAt(octokit, claims, head),
    changedFiles: await changedFiles(octokit, claims, base, head),
    configuration: parsed.configuration,
  });
  return { review, calls };
}

function counted(octokit: Octokit): { hook: { before(name: 'request', run: () => void): void } } {
  return octokit as unknown as ReturnType<typeof counted>;
}

describe('the calls that a review takes', () => {
  it('are few for a few schemas among hundreds in many folders', async () => {
    const changed = Object.fromEntries(
      [...Array(10).keys()].map((at) => [`schemas/f${at % folders}/${at}.json`, schema(at, 'number')]),
    );
    const { review, calls } = await reviewed(changed);
    expect(review.schemas).toHaveLength(10);
    expect(calls).toBeLessThanOrEqual(3 * 10 + constant);
  });

  it('do not grow with the versions that a new one is compared with', async () => {
    const { review, calls } = await reviewed({ 'iglu/com.acme/claim/jsonschema/1-0-60': '{"type":"string"}' });
    expect(review.schemas).toMatchObject([{ comparedWith: { version: '1-0-59' }, verdict: 'compatible' }]);
    expect(calls).toBeLessThanOrEqual(3 + constant);
  });

  it('are few for a schema that moves, with or without a change', async () => {
    const { review, calls } = await reviewed({
      'schemas/f1/1.json': null,
      'schemas/moved/1.json': schema(1),
      'schemas/f2/2.json': null,
      'schemas/moved/2.json': schema(2, 'number'),
    });
    expect(review.schemas).toMatchObject([
      { path: 'schemas/moved/1.json', previousPath: 'schemas/f1/1.json', verdict: 'compatible' },
      { path: 'schemas/moved/2.json', previousPath: 'schemas/f2/2.json', verdict: 'breaking' },
    ]);
    expect(calls).toBeLessThanOrEqual(3 * 2 + constant);
  });

  it('read no schema where none can have changed', async () => {
    const { review, calls } = await reviewed({ 'src/a.ts': '2' });
    expect(review.verdict).toBe('none');
    expect(calls).toBeLessThanOrEqual(6);
  });
});
