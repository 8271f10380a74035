import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Annotation, type CheckRun, publishCheckRun } from '../../github/check-run.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

const workflowApp = 15_368;
let furnished: Furnished;
let commit: string;
beforeEach(async () => {
  furnished = await furnishedGitHub();
  commit = (await furnished.repository.tipOf('main')) ?? '';
});
afterEach(() => furnished.github.close());

const run = (over: Partial<CheckRun> = {}): CheckRun => ({
  name: 'Sluice / approval',
  commit,
  state: 'in_progress',
  title: 'Waiting for 1 approval',
  summary: 'words',
  ...over,
});
const publish = (over?: Partial<CheckRun>): Promise<number> =>
  publishCheckRun(furnished.workflow, claims, workflowApp, run(over));

describe('a check run', () => {
  it('is created once and changed afterwards', async () => {
    const first = await publish();
    const second = await publish({ state: 'success', title: 'Approved' });
    expect(second).toBe(first);
    expect(await furnished.repository.checkRuns(commit, 'developer')).toMatchObject([
      { status: 'completed', conclusion: 'success', output: { title: 'Approved' } },
    ]);
  });

  it('goes back to waiting after it was green', async () => {
    await publish({ state: 'success' });
    await publish({ state: 'in_progress' });
    expect(await furnished.repository.checkRuns(commit, 'developer')).toMatchObject([
      { status: 'in_progress', conclusion: null },
    ]);
  });

  it('does not touch the run of another App with the same name', async () => {
    const { github } = furnished;
    const app = github.createApp({
      slug: 'other',
      account: 'acme',
      permissions: { checks: 'write' },
      events: [],
      webhookUrl: 'http://127.0.0.1:1',
    });
    const row = {
      repo_id: 1,
      head_sha: commit,
      name: 'Sluice / approval',
      status: 'completed' as const,
      conclusion: 'success',
    };
    const output = { title: 't', summary: 's', text: null, annotations_count: 0, annotations: [] };
    const repo = github.emulator.store.repos.findOneBy('full_name', 'acme/claims');
    github.emulator.store.checkRuns.insert({
      ...row,
      repo_id: repo?.id ?? 0,
      app_id: app.appId,
      external_id: '',
      actions: null,
      output,
    });
    await publish();
    expect(await furnished.repository.checkRuns(commit, 'developer')).toMatchObject([
      { app: { slug: 'other' }, conclusion: 'success' },
      { app: { slug: 'github-actions' }, conclusion: null },
    ]);
  });

  it('sends more annotations than fit into one request', async () => {
    const annotations = Array.from(
      { length: 120 },
      (_, line): Annotation => ({ path: 'README.md', line: line + 1, level: 'failure', title: 'breaks', message: 'm' }),
    );
    await publish({ annotations });
    const [seen] = await furnished.repository.checkRuns(commit, 'developer');
    expect(seen?.output.annotations_count).toBe(120);
  });

  it('does not add its annotations again when it is changed', async () => {
    const annotations: Annotation[] = [{ path: 'README.md', line: 1, level: 'failure', title: 'breaks', message: 'm' }];
    await publish({ annotations });
    await publish({ annotations, state: 'failure' });
    const [seen] = await furnished.repository.checkRuns(commit, 'developer');
    expect(seen?.output.annotations_count).toBe(1);
  });

  it('cuts a summary that is too long at a line, and says so', async () => {
    await publish({ summary: 'a line of words\n'.repeat(10_000) });
    const [seen] = await furnished.repository.checkRuns(commit, 'developer');
    expect(seen?.output.summary.length).toBeLessThanOrEqual(65_535);
    expect(seen?.output.summary).toMatch(/a line of words\n\n… cut here: GitHub shows 65,535 characters\.$/);
  });
});
