import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../app/log.ts';
import type { AppSettings } from '../../app/settings.ts';
import { type RunningApp, startApp } from '../../app/start.ts';
import { listEvents } from '../../registry/events.ts';
import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { listVersions } from '../../registry/versions.ts';
import { type LocalApp, type LocalGitHub, startGitHub } from '../../sandbox/github/github.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import type { CheckRunSeen, LocalRepository } from '../../sandbox/github/repository.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

export const configuration = `
schemas:
  - files: schemas/**/*.json
    compatibility: BACKWARD
    target: claims
targets:
  claims: { table: public.claims, key: id, document: body }
approval:
  - { name: platform, require: 1, teams: [acme/platform] }
`;

const claim = (version: string, amount: object, more: object = {}): string =>
  `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', version, type: 'object', additionalProperties: false, properties: { amount, ...more } }, null, 2)}\n`;

/** A schema, a version that breaks it and one that does not, and the migration for the first. */
export const schemas = {
  path: 'schemas/claim.json',
  old: claim('1.0.0', { type: 'string' }),
  breaking: claim('2.0.0', { type: 'number' }),
  compatible: claim('1.1.0', { type: 'string' }, { note: { type: 'string' } }),
  migrationPath: 'migrations/claim/2.0.0.yml',
  migration: 'schema: claim\nfrom: 1.0.0\nto: 2.0.0\ntransform:\n  - cast: { at: /amount, from: string, to: number }\n',
};

const otherMigration = schemas.migration.replace('to: number', 'to: integer');

/** Another break of the same version, with the migration that answers it. */
export const otherChange = {
  [schemas.path]: claim('2.0.0', { type: 'integer' }),
  [schemas.migrationPath]: otherMigration,
};

export const breakingChange = { [schemas.path]: schemas.breaking, [schemas.migrationPath]: schemas.migration };

const engineers = ['platform-engineer', 'second-engineer'];

/** Everything real: GitHub emulated on this machine, PostgreSQL, the queue, the Probot server. */
export class Scene {
  readonly github: LocalGitHub;
  /** The one of the current test. */
  repository: LocalRepository;
  readonly app: RunningApp;
  readonly identity: LocalApp;
  readonly database: TestDatabase;
  readonly settings: AppSettings;
  readonly log: string[];
  #begun = 0;

  constructor(parts: Pick<Scene, 'github' | 'repository' | 'app' | 'identity' | 'database' | 'settings' | 'log'>) {
    this.github = parts.github;
    this.repository = parts.repository;
    this.app = parts.app;
    this.identity = parts.identity;
    this.database = parts.database;
    this.settings = parts.settings;
    this.log = parts.log;
  }

  /** A repository of its own for the next test, on the same servers, and the team as it was. */
  async begin(): Promise<void> {
    this.#begun += 1;
    for (const login of engineers) this.github.addToTeam('acme/platform', login);
    // As if the App had been installed later: what a repository began with is not news.
    this.github.setWebhookUrl(this.identity, 'http://127.0.0.1:9/');
    this.repository = await createRepository(this.github, `acme/claims-${this.#begun}`);
    await this.github.webhooks.settled();
    this.github.setWebhookUrl(this.identity, this.app.webhookUrl);
  }

  /** Pushes to a branch as `developer` and opens a pull request. */
  async propose(files: Readonly<Record<string, string | null>>, branch = 'change'): Promise<LocalPullRequest> {
    await this.repository.commitFiles(branch, files, { by: 'developer' });
    const pull = await this.repository.openPullRequest({ head: branch, title: 'Change the claim', by: 'developer' });
    await this.idle();
    return pull;
  }

  async push(files: Readonly<Record<string, string | null>>, options: { force?: boolean } = {}): Promise<void> {
    await this.repository.commitFiles('change', files, { by: 'developer', ...options });
    await this.idle();
  }

  async review(
    pull: LocalPullRequest,
    by: string,
    event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' = 'APPROVE',
  ): Promise<number> {
    const id = await pull.review(by, event, 'words');
    await this.idle();
    return id;
  }

  /** Comments after having looked at the check for some seconds. Returns what Sluice answers, if it does. */
  async say(pull: LocalPullRequest, by: string, body: string): Promise<string> {
    await this.look();
    const comment = await pull.comment(by, body);
    await this.idle();
    return this.answerTo(pull, comment);
  }

  /** As if all that is shown had been shown for a while. */
  async look(): Promise<void> {
    await this.database.pool.query(`UPDATE sluice.shown SET since = since - interval '5 s'`);
  }

  async answerTo(pull: LocalPullRequest, comment: number): Promise<string> {
    const marker = `<!-- sluice:answer:comment:${comment} -->\n`;
    const answers = (await pull.comments('owner')).filter(({ body }) => body.startsWith(marker));
    if (answers.length > 1) throw new Error('answered more than once');
    return answers[0]?.body.slice(marker.length) ?? 'no answer';
  }

  async merge(pull: LocalPullRequest, by = 'owner', method: 'merge' | 'squash' | 'rebase' = 'merge'): Promise<string> {
    const commit = await pull.merge(by, method);
    await this.idle();
    return commit;
  }

  /** The approval check at the pull request's head: its conclusion, or its status while it has none, and its title. */
  async check(pull: LocalPullRequest, name = 'Sluice / approval'): Promise<string> {
    const run = await this.approvalRun(pull, name);
    return run ? `${run.conclusion ?? run.status}: ${run.output.title}` : 'no check';
  }

  async summary(pull: LocalPullRequest): Promise<string> {
    return (await this.approvalRun(pull))?.output.summary ?? '';
  }

  async approvalRun(pull: LocalPullRequest, name = 'Sluice / approval'): Promise<CheckRunSeen | undefined> {
    const runs = await pull.checkRuns('owner');
    return runs.find((run) => run.name === name && run.app?.slug === 'sluice');
  }

  runs(): Promise<Run[]> {
    return listRuns(this.database.pool, { repository: this.repository.fullName });
  }

  async versions(): Promise<string[]> {
    const versions = await listVersions(this.database.pool, { repository: this.repository.fullName });
    return versions.map(({ schema, version }) => `${schema} ${version}`);
  }

  async events(): Promise<string[]> {
    const events = await listEvents(this.database.pool, { repository: this.repository.fullName });
    return events.map(({ kind, actor }) => `${kind} by ${actor}`);
  }

  /** As `propose`, while no App is there to notice. */
  async openUnseen(files: Readonly<Record<string, string | null>>): Promise<LocalPullRequest> {
    await this.repository.commitFiles('change', files, { by: 'developer' });
    return this.repository.openPullRequest({ head: 'change', title: 'Change the claim', by: 'developer' });
  }

  async outboxCount(): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: string }>('SELECT count(*) FROM sluice.outbox');
    return Number(rows[0]?.count);
  }

  async until(condition: () => Promise<boolean>): Promise<void> {
    for (let patience = 1_500; !(await condition()); patience -= 1) {
      if (patience === 0) throw new Error('what was waited for did not happen');
      await sleep(20);
    }
  }

  /** Waits until every webhook is answered, every message handed over, and no job is waiting or at work. */
  async idle(): Promise<void> {
    await this.github.webhooks.settled();
    for (let patience = 1_500; ; patience -= 1) {
      const { rows } = await this.database.pool.query<{ busy: boolean }>(
        `SELECT EXISTS (SELECT FROM sluice.outbox WHERE relayed IS NULL AND queue = 'sluice-app')
           OR EXISTS (SELECT FROM bullmq.job WHERE queue = 'sluice-app' AND state IN ('waiting', 'active', 'delayed'))
           OR EXISTS (SELECT FROM bullmq.dedup_next WHERE queue = 'sluice-app') AS busy`,
      );
      if (rows[0]?.busy === false) return;
      if (patience === 0)
        throw new Error(
          `the App does not come to rest:\n${this.log
            .filter((line) => line.includes('"level":50'))
            .slice(-3)
            .join('')}`,
        );
      await sleep(20);
    }
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.github.close();
  }
}

/** `owner`, `developer` (writes), `platform-engineer` (in acme/platform), `stranger`; a repository with a schema and its configuration. */
export async function startScene(): Promise<Scene> {
  const github = await startGitHub();
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer', ...engineers] });
  github.createUser('stranger');
  github.createTeam('acme/platform', { members: engineers, permission: 'push' });
  const repository = await createRepository(github, 'acme/claims');
  const identity = github.createApp({
    slug: 'sluice',
    account: 'acme',
    permissions: {
      contents: 'read',
      pull_requests: 'write',
      checks: 'write',
      issues: 'write',
      members: 'read',
      deployments: 'write',
      metadata: 'read',
    },
    events: ['pull_request', 'pull_request_review', 'check_run', 'merge_group', 'push', 'issue_comment'],
    webhookUrl: 'http://127.0.0.1:9/',
  });
  const database = await createTestDatabase();
  const settings: AppSettings = {
    appId: identity.appId,
    privateKey: identity.privateKey,
    webhookSecret: identity.webhookSecret,
    registryUrl: database.url,
    queueUrl: database.url,
    githubUrl: github.url,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'debug',
  };
  const log: string[] = [];
  const app = await startSceneApp(settings, log);
  github.setWebhookUrl(identity, app.webhookUrl);
  return new Scene({ github, repository, app, identity, database, settings, log });
}

function createRepository(github: LocalGitHub, name: string): Promise<LocalRepository> {
  const files = { '.github/sluice.yml': configuration, [schemas.path]: schemas.old };
  return github.createRepository(name, { by: 'owner', files, teams: ['acme/platform'], writers: ['developer'] });
}

export function startSceneApp(settings: AppSettings, log: string[]): Promise<RunningApp> {
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });
  return startApp(settings, { log: createLog(settings.logLevel, destination), patient: false });
}
