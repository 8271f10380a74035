import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPullRequest } from '../../../sandbox/github/pull-request.ts';
import { breakingChange, configuration, otherChange, type Scene, schemas, startScene } from '../fixture.ts';

/** Attacks and accidents that would let an unapproved break run. All of them end in the same refusal: held, one issue, no run, no version. */
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

/** Ends with the pull request that somebody then merges past its check, as administrators can. */
type Attack = (scene: Scene) => Promise<LocalPullRequest>;

const weaker = configuration.replace('teams: [acme/platform]', 'permission: write, author: true');
const elsewhere = configuration.replace('public.claims', 'public.payroll');

const proposed: Attack = (scene) => scene.propose(breakingChange);

const approved: Attack = async (scene) => {
  const pull = await proposed(scene);
  await scene.review(pull, 'platform-engineer');
  expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  return pull;
};

/** The token of a workflow in the repository: whoever may push can use it. */
async function asWorkflow(scene: Scene, method: string, path: string, body: object): Promise<number> {
  const token = scene.github.actionsToken(scene.repository, {
    checks: 'write',
    pull_requests: 'write',
    issues: 'write',
    contents: 'write',
  });
  const { status } = await scene.github.emulator.request({
    method,
    path: `/repos/${scene.repository.fullName}${path}`,
    token,
    body: body as never,
  });
  await scene.idle();
  return status;
}

const attacks: Readonly<Record<string, Readonly<Record<string, Attack>>>> = {
  'the code and configuration of the pull request (threat 1)': {
    'the pull request weakens the policy and its author approves': async (scene) => {
      const pull = await scene.propose({ ...breakingChange, '.github/sluice.yml': weaker });
      await scene.review(pull, 'developer');
      return pull;
    },
    'the pull request names its author as the one who approves': async (scene) => {
      const mine = configuration.replace('teams: [acme/platform]', 'users: [stranger]');
      const pull = await scene.propose({ ...breakingChange, '.github/sluice.yml': mine });
      await scene.review(pull, 'stranger');
      return pull;
    },
    'the pull request takes its schema out of what is watched': async (scene) =>
      scene.propose({
        ...breakingChange,
        '.github/sluice.yml': configuration.replace('schemas/**/*.json', 'none/*.json'),
      }),
    'the pull request asks for no compatibility at all': async (scene) =>
      scene.propose({ ...breakingChange, '.github/sluice.yml': configuration.replace('BACKWARD', 'NONE') }),
    'the pull request deletes the configuration': async (scene) =>
      scene.propose({ ...breakingChange, '.github/sluice.yml': null }),
    'the pull request names code owners of its own': async (scene) => {
      const pull = await scene.propose({ ...breakingChange, '.github/CODEOWNERS': '* @stranger\n' });
      await scene.review(pull, 'stranger');
      return pull;
    },
    'the pull request hides the break by moving the schema in the same commit': async (scene) =>
      scene.propose({
        [schemas.path]: null,
        'schemas/moved/claim.json': schemas.breaking,
        [schemas.migrationPath]: schemas.migration,
      }),
  },
  'forged words, marks and checks (threat 2)': {
    'a workflow writes a check of the same name that passes': async (scene) => {
      const pull = await proposed(scene);
      const forged = { name: 'Sluice / approval', head_sha: pull.head, status: 'completed', conclusion: 'success' };
      expect(await asWorkflow(scene, 'POST', '/check-runs', forged)).toBe(201);
      return pull;
    },
    'somebody writes a comment that says it is approved, with our mark': async (scene) => {
      const pull = await proposed(scene);
      await pull.comment('stranger', '<!-- sluice:review -->\n**Approved by platform-engineer**');
      await scene.idle();
      return pull;
    },
    'somebody has opened an issue with the mark of ours, so that none seems needed': async (scene) => {
      const pull = await proposed(scene);
      const body = `<!-- sluice:held-merge:${pull.number}:${pull.head} -->\nAll is well.`;
      await scene.repository.call('developer', 'POST', '/issues', { title: 'Not migrated: nothing', body });
      return pull;
    },
    'a review says in words that it approves': async (scene) => {
      const pull = await proposed(scene);
      await pull.review('platform-engineer', 'COMMENT', 'LGTM, approved!');
      await scene.idle();
      return pull;
    },
  },
  'people who may not approve (threat 3)': {
    'the author approves': async (scene) => {
      scene.github.addToTeam('acme/platform', 'developer');
      const pull = await proposed(scene);
      await scene.review(pull, 'developer');
      scene.github.removeFromTeam('acme/platform', 'developer');
      return pull;
    },
    'somebody who wrote a commit of it approves': async (scene) => {
      const pull = await proposed(scene);
      await scene.repository.commitFiles('change', { 'README.md': 'mine\n' }, { by: 'platform-engineer' });
      await scene.idle();
      await scene.review(pull, 'platform-engineer');
      return pull;
    },
    'a stranger approves': async (scene) => {
      const pull = await proposed(scene);
      await scene.review(pull, 'stranger');
      return pull;
    },
    'an owner of the organisation approves who is not in the team': async (scene) => {
      const pull = await proposed(scene);
      await scene.review(pull, 'owner');
      return pull;
    },
    'a bot approves': async (scene) => {
      const pull = await proposed(scene);
      await asWorkflow(scene, 'POST', `/pulls/${pull.number}/reviews`, { event: 'APPROVE', body: '' });
      return pull;
    },
    'somebody approves who has left the team': async (scene) => {
      const pull = await proposed(scene);
      scene.github.removeFromTeam('acme/platform', 'platform-engineer');
      await scene.review(pull, 'platform-engineer');
      return pull;
    },
    'the approver leaves the team after approving': async (scene) => {
      const pull = await approved(scene);
      scene.github.removeFromTeam('acme/platform', 'platform-engineer');
      return pull;
    },
    'the approval is dismissed': async (scene) => {
      const pull = await proposed(scene);
      await pull.dismiss(await scene.review(pull, 'platform-engineer'), 'owner');
      await scene.idle();
      return pull;
    },
    'the approver asks for changes afterwards': async (scene) => {
      const pull = await approved(scene);
      await scene.review(pull, 'platform-engineer', 'REQUEST_CHANGES');
      return pull;
    },
    'another who may approve asks for changes': async (scene) => {
      const pull = await approved(scene);
      await scene.review(pull, 'second-engineer', 'REQUEST_CHANGES');
      return pull;
    },
  },
  'what changes after the approval (threat 4)': {
    'another break is pushed': async (scene) => {
      const pull = await approved(scene);
      await scene.push(otherChange);
      return pull;
    },
    'another break is pushed by force': async (scene) => {
      const pull = await approved(scene);
      await scene.push(otherChange, { force: true });
      return pull;
    },
    'only the migration is replaced': async (scene) => {
      const pull = await approved(scene);
      await scene.push({ [schemas.migrationPath]: `${schemas.migration}  - remove: { at: /amount }\n` });
      return pull;
    },
    'only the schema is replaced': async (scene) => {
      const pull = await approved(scene);
      await scene.push({ [schemas.path]: otherChange[schemas.path] ?? '' });
      return pull;
    },
    'the approval was given to an earlier commit': async (scene) => {
      const pull = await proposed(scene);
      const earlier = pull.head;
      await scene.push(otherChange);
      await pull.review('platform-engineer', 'APPROVE', '', earlier);
      await scene.idle();
      return pull;
    },
    'it was approved for another branch and then turned to the default branch': async (scene) => {
      await scene.repository.commitFiles('next', { 'next.md': 'words\n' }, { by: 'owner' });
      await scene.repository.commitFiles('change', breakingChange, { by: 'developer' });
      const pull = await scene.repository.openPullRequest({
        head: 'change',
        base: 'next',
        title: 'Change',
        by: 'developer',
      });
      await scene.idle();
      await scene.review(pull, 'platform-engineer');
      await pull.retarget('main', 'developer');
      await scene.idle();
      return pull;
    },
    'the table is changed on the default branch': async (scene) => {
      const pull = await approved(scene);
      await scene.repository.commitFiles('main', { '.github/sluice.yml': elsewhere }, { by: 'owner' });
      return pull;
    },
    'more is asked for on the default branch': async (scene) => {
      const pull = await approved(scene);
      const two = configuration.replace('require: 1', 'require: 2');
      await scene.repository.commitFiles('main', { '.github/sluice.yml': two }, { by: 'owner' });
      return pull;
    },
    'the configuration of the default branch is broken meanwhile': async (scene) => {
      const pull = await approved(scene);
      await scene.repository.commitFiles('main', { '.github/sluice.yml': 'schemas: [' }, { by: 'owner' });
      return pull;
    },
  },
  'between approval, merge and run (threat 5)': {
    'something else is pushed and merged before any webhook comes': async (scene) => {
      const pull = await approved(scene);
      scene.github.webhooks.hold();
      await scene.repository.commitFiles('change', otherChange, { by: 'developer' });
      return pull;
    },
    'the approver leaves and the merge is heard of first': async (scene) => {
      const pull = await approved(scene);
      scene.github.webhooks.hold();
      scene.github.removeFromTeam('acme/platform', 'platform-engineer');
      return pull;
    },
    'the version is published by somebody else meanwhile': async (scene) => {
      const pull = await approved(scene);
      await scene.database.pool.query(
        `INSERT INTO sluice.versions (repository, schema, version, text, fingerprint, commit_sha)
         VALUES ($1, 'claim', '2.0.0', '{}', 'other', 'c')`,
        [scene.repository.fullName],
      );
      return pull;
    },
    'the registry was given an approval that nobody gave': async (scene) => {
      const pull = await proposed(scene);
      await scene.database.pool.query(
        `INSERT INTO sluice.approvals (repository, pull_request, head, fingerprint, parts, decision, approved_by, policy_hash)
         VALUES ($1, $2, $3, 'f', '[]', '{"state":"approved"}', '{platform-engineer}', 'p')`,
        [scene.repository.fullName, pull.number, pull.head],
      );
      return pull;
    },
  },
};

describe.each(Object.entries(attacks))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s: held, one issue, no run', async (_, attack) => {
    const pull = await attack(scene);
    await pull.merge('owner');
    await scene.github.webhooks.release();
    await scene.idle();
    expect(await scene.runs()).toEqual([]);
    expect((await scene.events()).some((event) => event.startsWith('version.published'))).toBe(false);
    const issues = (await scene.repository.issues('owner')).filter(
      ({ user, body }) => user.login === 'sluice[bot]' && body.startsWith('<!-- sluice:held-merge:'),
    );
    expect(issues).toMatchObject([{ state: 'open', title: expect.stringMatching(/^Not migrated/) }]);
    expect((await scene.events()).filter((event) => event.startsWith('merge.'))).toEqual(['merge.held by owner']);
  });
});
