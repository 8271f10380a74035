import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgressMessage } from '../../../app/jobs.ts';
import { appendOutbox } from '../../../registry/outbox.ts';
import { retryRun } from '../../../registry/runs/create.ts';
import { readRun } from '../../../registry/runs/read.ts';
import { executeRun } from '../../../runner/execute.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { runnerContext } from '../../support/runner.ts';
import { breakingChange, type Scene, startScene } from '../fixture.ts';

describe('a run that fails', () => {
  let scene: Scene;
  let target: TestDatabase;
  beforeEach(async () => {
    scene = await startScene();
    target = await createTestDatabase();
    await target.pool.query(`CREATE TABLE claims (id bigint PRIMARY KEY, body jsonb NOT NULL);
      INSERT INTO claims SELECT n, jsonb_build_object('amount', n::text) FROM generate_series(1, 300) AS n;
      UPDATE claims SET body = '{"amount":"12,50 for somebody"}' WHERE id = 207`);
  });
  afterEach(() => scene.close());

  /** Merges the change, lets a runner work on it, and the App hear of it. Returns the run's id. */
  async function runIt(): Promise<{ id: string; commit: string }> {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    const commit = await scene.merge(pull);
    const [ordered] = await scene.runs();
    if (!ordered) throw new Error('no run was ordered');
    await executeRun(runnerContext(scene.database.pool, target.url), ordered.id);
    await scene.idle();
    return { id: ordered.id, commit };
  }

  it('rolls itself back and is told in one issue: what, when, where, why, and what to do, but no value', async () => {
    const { id, commit } = await runIt();
    const [issue, ...others] = await scene.repository.issues('owner');
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ title: `Not migrated: claim 1.0.0 → 2.0.0 (run ${id})` });
    expect(issue?.body).toContain('has undone itself: the table `public.claims` is as it was');
    expect(issue?.body).toContain('**Where:** the record `207` at `/amount`');
    expect(issue?.body).toContain('of 300 records');
    expect(issue?.body).toContain('**Likely cause:** The table holds records that the old schema does not describe');
    expect(issue?.body).toContain(`1. Then order the run again: \`sluice retry ${id}\`.`);
    expect(issue?.body).not.toContain('somebody');

    const checks = await scene.repository.checkRuns(commit, 'owner');
    expect(checks[0]).toMatchObject({ conclusion: 'failure' });
    expect(checks[0]?.output.summary).toContain(`**Incident report:** #${issue?.number}`);
    const { rows } = await target.pool.query(
      "SELECT count(*)::int AS n FROM claims WHERE jsonb_typeof(body->'amount') = 'string'",
    );
    expect(rows).toEqual([{ n: 300 }]);

    // Told again, it is not opened again.
    await scene.database.pool.query(
      "UPDATE sluice.runs SET outcome = outcome - 'issue', progress_seq = progress_seq + 1",
    );
    await appendOutbox(scene.database.pool, runProgressMessage(id));
    await scene.idle();
    expect(await scene.repository.issues('owner')).toHaveLength(1);
    expect((await readRun(scene.database.pool, id))?.outcome?.issue).toBe(issue?.number);
  });

  it('has its issue closed with a line when the same goes well later, once', async () => {
    const { id } = await runIt();
    const { pool } = scene.database;
    const again = async (failed: string): Promise<string> => {
      const next = (await retryRun(pool, failed)) ?? '';
      await executeRun(runnerContext(pool, target.url), next);
      await scene.idle();
      return next;
    };
    const states = async () => (await scene.repository.issues('owner')).map(({ state }) => state);
    const second = await again(id);
    expect(await states()).toEqual(['open', 'open']);
    await target.pool.query(`UPDATE claims SET body = '{"amount":"12.50"}' WHERE id = 207`);
    const next = await again(second);
    expect(await readRun(pool, next)).toMatchObject({ state: 'reversing' });
    const issue = async () => (await scene.repository.issues('owner'))[0];
    expect(await states()).toEqual(['closed', 'closed']);

    // Who opens it again has a reason: the end of the run leaves it open.
    const number = (await issue())?.number;
    const comments = async () =>
      JSON.stringify(await scene.repository.call('owner', 'GET', `/issues/${number}/comments`));
    expect(await comments()).toContain(`run \`${next}\` has migrated \`claim\` 1.0.0 → 2.0.0`);
    await scene.repository.call('owner', 'PATCH', `/issues/${number}`, { state: 'open' });
    await pool.query(`UPDATE sluice.runs SET state = 'completed', progress_seq = progress_seq + 1 WHERE id = $1`, [
      next,
    ]);
    await appendOutbox(pool, runProgressMessage(next));
    await scene.idle();
    expect(await issue()).toMatchObject({ state: 'open' });
  });

  it('has its check all the same where the repository takes no issues', async () => {
    await scene.repository.call('owner', 'PATCH', '', { has_issues: false });
    const { commit } = await runIt();
    const checks = await scene.repository.checkRuns(commit, 'owner');
    expect(checks[0]).toMatchObject({ conclusion: 'failure' });
  });
});
