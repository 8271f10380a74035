import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import { breakingChange, otherChange, type Scene, schemas, startScene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

/** Another pull request of the same version, from the same state of the default branch. */
async function rival(): Promise<LocalPullRequest> {
  const pull = await scene.propose(otherChange, 'rival');
  expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  return pull;
}

describe('two pull requests that bring the same version with different content', () => {
  it('may both be open; the second hears on its check when the first is on its way', async () => {
    const second = await rival();
    const first = await scene.propose(breakingChange);
    await scene.review(first, 'platform-engineer');
    await scene.merge(first);
    const [run] = await scene.runs();
    expect(await scene.check(second)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(second)).toContain(
      `claim 2.0.0 is on its way already, with other content: run ${run?.id} of number ${first.number}`,
    );
  });

  it('hears so too when the first is published without a run', async () => {
    const second = await scene.propose({ [schemas.path]: schemas.compatible.replace('"note"', '"remark"') }, 'rival');
    expect(await scene.check(second)).toBe('success: Nothing breaks: no approval needed');
    const first = await scene.propose({ [schemas.path]: schemas.compatible });
    await scene.merge(first);
    expect(await scene.summary(second)).toContain('claim 1.1.0 is published already, with other content');
  });

  it('may bring it after all when the run of the first came to nothing', async () => {
    const second = await rival();
    const first = await scene.propose(breakingChange);
    await scene.review(first, 'platform-engineer');
    await scene.merge(first);
    await scene.database.pool.query(`UPDATE sluice.runs SET state = 'cancelled' WHERE repository = $1`, [
      scene.repository.fullName,
    ]);
    await scene.review(second, 'stranger', 'COMMENT');
    expect(await scene.check(second)).toBe('in_progress: Waiting for 1 approval');
  });
});

describe('the audit trail of an approval', () => {
  it('says when it was asked for, given, lost, and not needed any more', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.push({ 'README.md': 'words\n' });
    await scene.review(pull, 'second-engineer', 'REQUEST_CHANGES');
    await scene.review(pull, 'second-engineer');
    await scene.push(otherChange);
    await scene.push({ [schemas.path]: schemas.compatible, [schemas.migrationPath]: null });
    expect(await scene.events()).toEqual([
      'approval.requested by sluice',
      'approval.rejected by second-engineer',
      'approval.given by second-engineer',
      'approval.invalidated by sluice',
      'approval.not-needed by sluice',
    ]);
  });

  it('is silent about what never needed one', async () => {
    await scene.propose({ [schemas.path]: schemas.compatible });
    expect(await scene.events()).toEqual([]);
  });
});
