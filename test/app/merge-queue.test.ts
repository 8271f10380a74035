import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { breakingChange, otherChange, type Scene, schemas, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

/** The webhook of a merge queue about a commit that holds these files on top of the base branch. Returns what the check there says. */
async function ask(pull: LocalPullRequest, files: Readonly<Record<string, string>>): Promise<string> {
  const { repository, github } = scene;
  const base = (await repository.tipOf('main')) ?? '';
  const branch = `gh-readonly-queue/main/pr-${pull.number}-${pull.head}`;
  const head = await repository.commitFiles(branch, files, { by: 'owner' });
  const group = { head_sha: head, head_ref: `refs/heads/${branch}`, base_sha: base, base_ref: 'refs/heads/main' };
  const place = { name: repository.name, full_name: repository.fullName, owner: { login: repository.owner } };
  const payload = { action: 'checks_requested', merge_group: group, repository: place };
  github.webhooks.dispatch('merge_group', 'checks_requested', payload, repository.owner, repository.name);
  await scene.idle();
  const runs = await repository.checkRuns(head, 'owner');
  return runs.map((run) => `${run.name}, ${run.conclusion ?? run.status}: ${run.output.title}`).join('; ');
}

describe('a merge queue', () => {
  it('hears that an approved pull request may be merged', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await ask(pull, breakingChange)).toBe('Sluice / approval, success: Approved by platform-engineer');
  });

  it('hears that nobody has approved', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await ask(pull, breakingChange)).toBe('Sluice / approval, in_progress: Waiting for 1 approval');
  });

  it('hears that what would be merged is not what was approved', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    expect(await ask(pull, otherChange)).toBe('Sluice / approval, in_progress: Waiting for 1 approval');
  });

  it('hears that no approval is needed', async () => {
    const pull = await scene.propose({ [schemas.path]: schemas.compatible });
    expect(await ask(pull, { [schemas.path]: schemas.compatible })).toBe(
      'Sluice / approval, success: Nothing breaks: no approval needed',
    );
  });

  it('changes nothing by asking', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await ask(pull, otherChange);
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    expect(await scene.events()).toEqual(['approval.requested by sluice', 'approval.given by platform-engineer']);
  });
});
