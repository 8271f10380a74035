import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalApp, type LocalGitHub, startGitHub } from '../../../sandbox/github/github.ts';
import type { LocalRepository } from '../../../sandbox/github/repository.ts';

interface Received {
  readonly event: string;
  readonly id: string;
  readonly signature: string;
  readonly body: string;
}

let github: LocalGitHub;
let repository: LocalRepository;
let app: LocalApp;
let server: Server;
let received: Received[];
/** Tells the webhooks of this test from late ones of the test before. */
let place = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name]);
      const body = Buffer.concat(chunks).toString();
      if (request.url === `/${place}`)
        received.push({
          event: header('x-github-event'),
          id: header('x-github-delivery'),
          signature: header('x-hub-signature-256'),
          body,
        });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

beforeEach(async () => {
  received = [];
  place += 1;
  github = await startGitHub();
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer', 'platform-engineer'] });
  github.createTeam('acme/platform', { members: ['platform-engineer'], permission: 'push' });
  repository = await github.createRepository('acme/claims', {
    by: 'owner',
    files: { 'a.txt': 'one\n', 'b.txt': 'one\n' },
    teams: ['acme/platform'],
    writers: ['developer'],
  });
  app = github.createApp({
    slug: 'sluice',
    account: 'acme',
    permissions: {
      checks: 'write',
      contents: 'read',
      pull_requests: 'write',
      issues: 'write',
      members: 'read',
      metadata: 'read',
    },
    events: ['pull_request', 'pull_request_review', 'issue_comment', 'check_run'],
    webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${place}`,
  });
});

afterEach(() => github.close());

const as = (login: string): Octokit => octokit(github.tokenOf(login));
const octokit = (token: string): Octokit =>
  new Octokit({ baseUrl: github.url, auth: token, retry: { enabled: false } });
const claims = { owner: 'acme', repo: 'claims' };

async function changed(
  files: Record<string, string | null>,
): Promise<Awaited<ReturnType<LocalRepository['openPullRequest']>>> {
  await repository.commitFiles('change', files, { by: 'developer' });
  return repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
}

function payloads(event: string): Record<string, unknown>[] {
  return received.filter((one) => one.event === event).map((one) => JSON.parse(one.body) as Record<string, unknown>);
}

describe('the local GitHub', () => {
  it('lists the files of a pull request from its commits', async () => {
    const pull = await changed({ 'a.txt': 'two\n', 'b.txt': null, 'c.txt': 'new\n' });
    const { data } = await as('developer').pulls.listFiles({ ...claims, pull_number: pull.number });
    expect(data.map((file) => [file.filename, file.status])).toEqual([
      ['a.txt', 'modified'],
      ['b.txt', 'removed'],
      ['c.txt', 'added'],
    ]);
  });

  it('pages through the files of a pull request', async () => {
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index}.txt`, 'x\n']));
    const pull = await changed(files);
    const client = as('developer');
    const all = await client.paginate(client.pulls.listFiles, { ...claims, pull_number: pull.number, per_page: 3 });
    expect(all.map((file) => file.filename)).toEqual(Object.keys(files));
  });

  it('moves the head of an open pull request with a push, and tells the App', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    const before = pull.head;
    const pushed = await repository.commitFiles('change', { 'a.txt': 'three\n' }, { by: 'developer' });
    await github.webhooks.settled();
    expect(pull.head).toBe(pushed);
    const [synchronize] = payloads('pull_request').filter((payload) => payload['action'] === 'synchronize');
    expect(synchronize).toMatchObject({
      before,
      after: pushed,
      number: pull.number,
      pull_request: { head: { sha: pushed } },
    });
  });

  it('leaves the head behind after a force push', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await repository.commitFiles('change', { 'b.txt': 'forced\n' }, { by: 'developer', force: true });
    const { data } = await as('developer').pulls.listFiles({ ...claims, pull_number: pull.number });
    expect(data.map((file) => file.filename)).toEqual(['b.txt']);
  });

  it.each(['merge', 'squash', 'rebase'] as const)('puts both sides into the tree of a %s', async (method) => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await repository.commitFiles('change', { 'c.txt': 'second commit\n' }, { by: 'developer' });
    await repository.commitFiles('main', { 'b.txt': 'meanwhile\n' }, { by: 'owner' });
    const sha = await pull.merge('developer', method);
    const client = as('developer');
    const texts = await Promise.all(
      ['a.txt', 'b.txt', 'c.txt'].map(async (path) => {
        const { data } = await client.repos.getContent({ ...claims, path, ref: 'main', mediaType: { format: 'raw' } });
        return data;
      }),
    );
    expect(texts).toEqual(['two\n', 'meanwhile\n', 'second commit\n']);
    const { data: commit } = await client.git.getCommit({ ...claims, commit_sha: sha });
    expect(commit.parents).toHaveLength(method === 'merge' ? 2 : 1);
    const { data: merged } = await client.pulls.get({ ...claims, pull_number: pull.number });
    expect(merged).toMatchObject({
      merged: true,
      state: 'closed',
      merge_commit_sha: sha,
      merged_by: { login: 'developer' },
    });
  });

  it('names the pull request of every commit that a rebase put on the base branch', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await repository.commitFiles('change', { 'c.txt': 'second commit\n' }, { by: 'developer' });
    const sha = await pull.merge('developer', 'rebase');
    const client = as('developer');
    const parent = (await client.git.getCommit({ ...claims, commit_sha: sha })).data.parents[0]?.sha ?? '';
    const numbers = async (commit_sha: string): Promise<number[]> =>
      (await client.repos.listPullRequestsAssociatedWithCommit({ ...claims, commit_sha })).data.map(
        (one) => one.number,
      );
    const before = (await client.git.getCommit({ ...claims, commit_sha: parent })).data.parents[0]?.sha ?? '';
    expect([await numbers(sha), await numbers(parent), await numbers(before)]).toEqual([
      [pull.number],
      [pull.number],
      [],
    ]);
  });

  it('refuses to merge what conflicts', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await repository.commitFiles('main', { 'a.txt': 'other\n' }, { by: 'owner' });
    await expect(pull.merge('developer')).rejects.toThrow('405');
  });

  it('refuses to merge past a required check, and merges once it has passed', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await as('owner').repos.updateBranchProtection({
      ...claims,
      branch: 'main',
      required_status_checks: { strict: false, contexts: ['Sluice / approval'] },
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    await expect(pull.merge('developer')).rejects.toThrow('Sluice / approval');
    const checks = octokit(github.actionsToken(repository, { checks: 'write' }));
    await checks.checks.create({ ...claims, name: 'Sluice / approval', head_sha: pull.head, conclusion: 'success' });
    await expect(pull.merge('developer')).resolves.toMatch(/^[0-9a-f]{40}$/);
  });

  it('signs webhooks with the secret of the App, and gives every delivery an id of its own', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await pull.review('platform-engineer', 'APPROVE');
    await github.webhooks.settled();
    expect(received.map((one) => one.event).sort()).toEqual(['pull_request', 'pull_request_review']);
    for (const one of received) {
      expect(one.signature).toBe(`sha256=${createHmac('sha256', app.webhookSecret).update(one.body).digest('hex')}`);
    }
    expect(new Set(received.map((one) => one.id)).size).toBe(2);
    expect(payloads('pull_request_review')[0]).toMatchObject({
      review: { state: 'approved' },
      installation: { id: app.installationId },
    });
  });

  it('holds webhooks back and repeats them on request, with the same id', async () => {
    github.webhooks.hold();
    await changed({ 'a.txt': 'two\n' });
    expect(received).toHaveLength(0);
    await github.webhooks.release();
    const [delivery] = github.webhooks.deliveries;
    if (delivery) await github.webhooks.send(delivery);
    expect(received.map((one) => one.id)).toEqual([delivery?.id, delivery?.id]);
  });

  it('tells a retargeted pull request by the base it had', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    await repository.commitFiles('next', { 'n.txt': 'n\n' }, { by: 'owner' });
    await pull.retarget('next', 'developer');
    await github.webhooks.settled();
    const [edited] = payloads('pull_request').filter((payload) => payload['action'] === 'edited');
    expect(edited).toMatchObject({
      changes: { base: { ref: { from: 'main' } } },
      pull_request: { base: { ref: 'next' } },
    });
  });

  it('binds check runs to the App that made them', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    const bot = octokit(github.actionsToken(repository, { checks: 'write' }));
    const other = octokit(github.actionsToken(repository, {}));
    const { data: run } = await bot.checks.create({
      ...claims,
      name: 'check',
      head_sha: pull.head,
      status: 'in_progress',
    });
    expect(run.app).toMatchObject({ slug: 'github-actions' });
    await expect(other.checks.update({ ...claims, check_run_id: run.id, conclusion: 'success' })).rejects.toMatchObject(
      { status: 403 },
    );
    await expect(as('owner').checks.create({ ...claims, name: 'forged', head_sha: pull.head })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('refuses more than 50 annotations at once and adds those of later requests', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    const bot = octokit(github.actionsToken(repository, { checks: 'write' }));
    const annotations = (
      count: number,
    ): { path: string; start_line: number; end_line: number; annotation_level: 'notice'; message: string }[] =>
      Array.from({ length: count }, (_, line) => ({
        path: 'a.txt',
        start_line: line + 1,
        end_line: line + 1,
        annotation_level: 'notice',
        message: 'm',
      }));
    const create = { ...claims, name: 'check', head_sha: pull.head };
    await expect(
      bot.checks.create({ ...create, output: { title: 't', summary: 's', annotations: annotations(51) } }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      bot.checks.create({ ...create, output: { title: 't', summary: 's'.repeat(65_536) } }),
    ).rejects.toMatchObject({ status: 422 });
    const { data: run } = await bot.checks.create({
      ...create,
      output: { title: 't', summary: 's', annotations: annotations(50) },
    });
    await bot.checks.update({
      ...claims,
      check_run_id: run.id,
      output: { title: 't', summary: 's', annotations: annotations(10) },
    });
    const { data } = await bot.checks.get({ ...claims, check_run_id: run.id });
    expect(data.output.annotations_count).toBe(60);
  });

  it('gives members what the organisation and their teams give, not administration', async () => {
    github.createUser('stranger');
    const role = async (username: string): Promise<string | undefined> =>
      (await as('owner').repos.getCollaboratorPermissionLevel({ ...claims, username })).data.role_name;
    expect(await Promise.all(['owner', 'developer', 'platform-engineer', 'stranger'].map(role))).toEqual([
      'admin',
      'write',
      'write',
      'read',
    ]);
  });

  it('forgets who left a team', async () => {
    const membership = { org: 'acme', team_slug: 'platform', username: 'platform-engineer' };
    expect((await as('owner').teams.getMembershipForUserInOrg(membership)).data.state).toBe('active');
    github.removeFromTeam('acme/platform', 'platform-engineer');
    await expect(as('owner').teams.getMembershipForUserInOrg(membership)).rejects.toMatchObject({ status: 404 });
  });

  it('refuses tokens it did not give out', async () => {
    await expect(octokit('ghp_unknown').pulls.list(claims)).rejects.toMatchObject({ status: 401 });
  });

  it('says who a workflow token is', async () => {
    const bot = octokit(github.actionsToken(repository, { contents: 'read' }));
    expect(await bot.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } });
    await expect(bot.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  });

  it('sends files over 1 MB without their content', async () => {
    await repository.commitFiles('big', { 'big.txt': 'x'.repeat(1_100_000) }, { by: 'developer' });
    const { data } = await as('developer').repos.getContent({ ...claims, path: 'big.txt', ref: 'big' });
    expect(data).toMatchObject({ content: '', encoding: 'none', size: 1_100_000 });
  });

  it('marks the issues that are pull requests, and keeps reactions', async () => {
    const pull = await changed({ 'a.txt': 'two\n' });
    const comment = await pull.comment('platform-engineer', 'hello');
    await github.webhooks.settled();
    expect(payloads('issue_comment')[0]).toMatchObject({ issue: { pull_request: {} }, comment: { body: 'hello' } });
    const reaction = { ...claims, comment_id: comment, content: 'rocket' as const };
    await as('owner').reactions.createForIssueComment(reaction);
    const { data } = await as('owner').reactions.listForIssueComment({ ...claims, comment_id: comment });
    expect(data.map((one) => [one.content, one.user?.login])).toEqual([['rocket', 'owner']]);
    expect(await repository.issues('owner')).toEqual([]);
  });
});
