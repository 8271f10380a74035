import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { breakingChange, otherChange, type Scene, schemas, startScene, startSceneApp } from './fixture.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

describe('the approval check', () => {
  it('is computed from the files, whatever comments and checks of others say', async () => {
    const pull = await scene.propose(breakingChange);
    await pull.comment('stranger', '<!-- sluice:review -->\n### ✔ compatible, fingerprint 0000');
    const [first] = await pull.checkRuns('owner');
    await scene.push({ 'README.md': 'words\n' });
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    expect(first?.output.summary).toContain('Review changes');
  });

  it('is computed again on request', async () => {
    const pull = await scene.propose(breakingChange);
    scene.github.webhooks.hold();
    await pull.review('platform-engineer', 'APPROVE');
    await scene.github.webhooks.release();
    scene.github.removeFromTeam('acme/platform', 'platform-engineer');
    const run = await scene.approvalRun(pull);
    await scene.repository.call('developer', 'POST', `/check-runs/${run?.id}/rerequest`);
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });

  it('cannot be used by a stranger to write into it', async () => {
    const name = 'a`b<!-- @acme/platform [x](http://evil.example) ![i](http://evil.example/i.png) |';
    const nasty = JSON.stringify({
      version: '2.0.0',
      type: 'object',
      additionalProperties: false,
      properties: { [name]: { type: 'number' }, amount: { type: 'number' } },
    });
    await scene.repository.commitFiles(
      'main',
      { [schemas.path]: nasty.replace('"2.0.0"', '"1.0.0"').replaceAll('"number"', '"string"') },
      { by: 'owner' },
    );
    const at = JSON.stringify(`/${name.replaceAll('/', '~1')}`);
    const migration = `${schemas.migration}  - cast: { at: ${at}, from: string, to: number }\n`;
    const pull = await scene.propose({ [schemas.path]: nasty, [schemas.migrationPath]: migration });
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    const summary = await scene.summary(pull);
    const page = micromark(summary, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(page).toContain('evil');
    expect(page).not.toMatch(/<a |<img |<!--/);
  });

  it('tells what happened before', async () => {
    const pull = await scene.propose(breakingChange);
    expect(await scene.summary(pull)).not.toContain('History');
    await scene.review(pull, 'platform-engineer');
    await scene.push(otherChange);
    const summary = await scene.summary(pull);
    expect(summary).toMatch(
      /History[^]*: `platform-engineer` approved `[0-9a-f]{7}`\n- .*the approval ended: what was approved has changed/,
    );
  });

  it('is for each of several pull requests with the same last commit', async () => {
    const { repository } = scene;
    await repository.commitFiles('release', { 'docs.md': 'words\n' }, { by: 'owner' });
    const pull = await scene.propose(breakingChange);
    const other = await repository.openPullRequest({ head: 'change', base: 'release', title: 'Too', by: 'developer' });
    await scene.idle();
    expect(other.head).toBe(pull.head);
    await scene.review(pull, 'platform-engineer');
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
    expect(await scene.check(other, 'Sluice / approval (release)')).toBe('in_progress: Waiting for 1 approval');
  });

  it('is what it was after the pull request was closed and opened again', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await pull.close('developer');
    scene.github.removeFromTeam('acme/platform', 'platform-engineer');
    await pull.reopen('developer');
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    scene.github.addToTeam('acme/platform', 'platform-engineer');
    await pull.close('developer');
    await pull.reopen('developer');
    await scene.idle();
    expect(await scene.check(pull)).toBe('success: Approved by platform-engineer');
  });

  it('waits until the pull request is no draft any more and then as before', async () => {
    await scene.repository.commitFiles('change', breakingChange, { by: 'developer' });
    const pull = await scene.repository.openPullRequest({
      head: 'change',
      title: 'Draft',
      by: 'developer',
      draft: true,
    });
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
  });
});

describe('the App', () => {
  it('goes on with what was recorded when it was stopped in between', async () => {
    await scene.app.close();
    const log: string[] = [];
    const { pool } = scene.database;
    await scene.repository.commitFiles('change', breakingChange, { by: 'developer' });
    const pull = await scene.repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
    const data = { owner: 'acme', repo: 'claims', number: pull.number, installationId: scene.identity.installationId };
    await pool.query(`INSERT INTO sluice.outbox (queue, name, data) VALUES ('sluice-app', 'pull-request', $1)`, [
      JSON.stringify(data),
    ]);
    const app = await startSceneApp(scene.settings, log);
    await scene.idle();
    expect(await scene.check(pull)).toBe('in_progress: Waiting for 1 approval');
    await app.close();
  });

  it('decides nothing when GitHub does not let it see the team, and says what is missing', async () => {
    const pull = await scene.propose(breakingChange);
    await scene.review(pull, 'platform-engineer');
    await scene.app.close();
    scene.github.revokePermission(scene.identity, 'members');
    const app = await startSceneApp(scene.settings, scene.log);
    scene.github.setWebhookUrl(scene.identity, app.webhookUrl);
    await scene.review(pull, 'stranger', 'COMMENT');
    expect(await scene.check(pull)).toBe('failure: 1 problem to mend first');
    expect(await scene.summary(pull)).toContain('Members: read');
    expect(await scene.events()).toEqual([
      'approval.requested by sluice',
      'approval.given by platform-engineer',
      'approval.invalidated by sluice',
    ]);
    await app.close();
  });

  it('asks GitHub for no more than it needs, and for every event that it handles', () => {
    const manifest = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')) as {
      default_events: string[];
      default_permissions: object;
    };
    expect(manifest.default_permissions).toEqual({
      contents: 'read',
      pull_requests: 'write',
      checks: 'write',
      issues: 'write',
      members: 'read',
      deployments: 'write',
      merge_queues: 'read',
      metadata: 'read',
    });
    expect(manifest.default_events).toEqual([
      'pull_request',
      'pull_request_review',
      'check_run',
      'merge_group',
      'push',
      'issue_comment',
    ]);
  });
});
