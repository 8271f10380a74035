import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainPullRequest, pullRequestNamed } from '../../../cli/policy/explain-pull-request.ts';
import { readFacts } from '../../../cli/policy/read-facts.ts';
import { renderExplained } from '../../../cli/policy/render-explained.ts';
import { renderResults, testPolicy } from '../../../cli/policy/test-policy.ts';
import { type LocalGitHub, startGitHub } from '../../../sandbox/github/github.ts';
import { breakingChange, configuration, schemas } from '../../app/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

put(
  'sluice.yml',
  `approval:
  - { name: platform, teams: [acme/platform] }
  - { name: data, users: [dba], when: { records-above: 1000 } }
`,
);

const cases = (expected: string): string =>
  put(
    'cases.yml',
    `policy: sluice.yml
teams: { acme/platform: [developer] }
author: dev
cases:
  - name: a few records need the platform team
    schemas: [{ path: schemas/claim.json, records: 10 }]
    reviews: [{ by: developer }]
    expect: approved
    by: [developer]
    asked: [platform]
  - name: many records need the data team as well
    schemas: [{ path: schemas/claim.json, records: 5000 }]
    reviews: [{ by: developer }, { by: dev }]
    expect: ${expected}
    missing: 1
  - name: nothing breaks
    schemas: []
    expect: not-needed
`,
  );

describe('sluice policy test', () => {
  it('says that all is as expected', async () => {
    const results = await testPolicy(cases('waiting'));
    expect(renderResults(results)).toMatchInlineSnapshot(`
      "✔ a few records need the platform team
      ✔ many records need the data team as well
      ✔ nothing breaks
      3 cases, all as expected
      "
    `);
  });

  it('says what is not as expected, and why it is as it is', async () => {
    const results = await testPolicy(cases('approved'));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(renderResults(results)).toMatchInlineSnapshot(`
      "✔ a few records need the platform team
      ✖ many records need the data team as well
          decision: expected approved, and it is waiting
          … waiting for 1 approval

          schemas/claim.json
            ✔ 1 of @acme/platform for "platform": developer
            · 1 of @dba for "data": nobody yet
          does not count: the approval of dev, who is the author of the pull request
      ✔ nothing breaks
      3 cases, 1 not as expected
      "
    `);
  });

  it('refuses cases that cannot be read, with everything that is wrong', async () => {
    const path = put('bad.yml', 'cases:\n  - { name: a, expects: approved, reviews: [{}] }\n');
    await expect(testPolicy(path)).rejects.toThrow(/expects.*lacks "by"/s);
    await expect(testPolicy(join(folder, 'none.yml'))).rejects.toThrow('There is no such file');
  });
});

describe('sluice policy explain', () => {
  it('reads facts from a file', async () => {
    expect(await readFacts(put('facts.json', '{ "schemas": [], "author": "dev" }'))).toEqual({
      schemas: [],
      author: 'dev',
    });
    const wrong = put('facts.json', '{ "author": 1 }');
    await expect(readFacts(wrong)).rejects.toThrow(`${wrong}:1:1: The file lacks "schemas". Add it.`);
    await expect(readFacts(wrong)).rejects.toThrow(`\n${wrong}:1:13: `);
  });

  it('knows the name of a pull request from that of a file', () => {
    expect(pullRequestNamed('acme/claims#7')).toEqual({ repository: { owner: 'acme', repo: 'claims' }, number: 7 });
    for (const other of ['facts.yml', 'acme/claims', 'a/b/c#1', 'acme/claims#0'])
      expect(pullRequestNamed(other)).toBeUndefined();
  });
});

describe('over GitHub', () => {
  let github: LocalGitHub;
  beforeAll(async () => {
    github = await startGitHub();
    github.createOrganisation('acme', { owners: ['owner'], members: ['developer', 'platform-engineer'] });
    github.createTeam('acme/platform', { members: ['platform-engineer'], permission: 'push' });
    const repository = await github.createRepository('acme/claims', {
      by: 'owner',
      files: { '.github/sluice.yml': configuration, [schemas.path]: schemas.old },
      teams: ['acme/platform'],
      writers: ['developer'],
    });
    await repository.commitFiles('change', breakingChange, { by: 'developer' });
    const pull = await repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
    await pull.review('owner', 'APPROVE');
  });
  afterAll(() => github.close());

  const explained = (number: number, token = github.tokenOf('owner')) =>
    explainPullRequest({
      repository: { owner: 'acme', repo: 'claims' },
      number,
      token,
      apiUrl: github.url,
      floor: undefined,
    });

  it('says who would have to approve, and why an approval does not count', async () => {
    expect(renderExplained((await explained(1)).explained)).toMatchInlineSnapshot(`
      "… waiting for 1 approval

      schemas/claim.json
        · 1 of @acme/platform for "platform": nobody yet
      does not count: the approval of owner, who is none of @acme/platform
      "
    `);
  });

  it('says what is wrong when GitHub does not answer', async () => {
    await expect(explained(99)).rejects.toThrow('GitHub answers 404 about acme/claims#99');
    await expect(explained(1, 'ghp_none')).rejects.toThrow('GitHub answers 401');
  });
});
