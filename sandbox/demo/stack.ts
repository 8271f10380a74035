import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'pg';
import { parse } from 'yaml';
import { createLog } from '../../app/log.ts';
import { type RunningApp, startApp } from '../../app/start.ts';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';
import { type Runner, startRunner } from '../../runner/start.ts';
import { type LocalApp, type LocalGitHub, startGitHub } from '../github/github.ts';
import type { LocalRepository } from '../github/repository.ts';
import { packageRoot } from '../root.ts';
import { configuration, fillTable, schemaBefore, schemaPath } from './claims.ts';

/** Everything the story needs, running on free ports of this machine. */
export interface Stack {
  readonly github: LocalGitHub;
  readonly repository: LocalRepository;
  readonly app: RunningApp;
  readonly runner: Runner;
  /** The application's database, which holds the claims. */
  readonly claims: Pool;
  readonly claimsUrl: string;
  readonly registry: Pool;
  readonly registryUrl: string;
  close(): Promise<void>;
}

/** Starts PostgreSQL, GitHub, the App and the runner. What was started is stopped again when a later part fails. */
export async function startStack(records: number, started: (what: string) => void): Promise<Stack> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of closing.splice(0).reverse()) await stop();
  };
  try {
    const postgres = await startEmbeddedPostgres();
    closing.push(() => postgres.stop());
    const [claimsUrl, registryUrl] = [postgres.urlOf('claims'), postgres.urlOf('sluice')];
    await createDatabases(postgres.url, ['claims', 'sluice']);
    const claims = openPool(claimsUrl);
    closing.push(() => claims.end());
    await fillTable(claims, records);
    started(`PostgreSQL: a table with ${records.toLocaleString('en-US')} claims of version 2.8.0 in a jsonb column`);

    const github = await startGitHub();
    closing.push(() => github.close());
    const repository = await furnish(github);
    const registered = await registerApp(github);
    started(`a GitHub that keeps state, with the repository ${repository.fullName}`);

    const { appId, privateKey, webhookSecret } = registered;
    const secrets = { appId, privateKey, webhookSecret, registryUrl, queueUrl: registryUrl, githubUrl: github.url };
    const app = await startApp(
      { ...secrets, host: 'localhost', port: 0, logLevel: 'error' },
      { log: createLog('error'), patient: false },
    );
    closing.push(() => app.close());
    github.setWebhookUrl(registered, app.webhookUrl);
    started('the App, which has GitHub credentials and no database of yours');

    // The default leaves nine tenths of the time to the application; the one here writes little, and the viewer waits.
    const patience = { duty: 0.9, busyBatchTime: 100 };
    const runner = await startRunner({ registryUrl, databases: () => claimsUrl, patience });
    closing.push(() => runner.close());
    started('the runner, which has the address of the database and no GitHub credentials');

    const registry = openPool(registryUrl);
    closing.push(() => registry.end());
    return { github, repository, app, runner, claims, claimsUrl, registry, registryUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const pool = openPool(url);
  try {
    for (const name of names) await pool.query(`CREATE DATABASE ${name}`);
  } finally {
    await pool.end();
  }
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  // A pool without a listener takes the process with it when the server ends an idle connection.
  pool.on('error', () => undefined);
  return pool;
}

/** An organisation with a developer, who proposes, and a platform team, which approves. */
async function furnish(github: LocalGitHub): Promise<LocalRepository> {
  github.createOrganisation('acme', { owners: ['owner'], members: ['developer', 'platform-engineer'] });
  github.createTeam('acme/platform', { members: ['platform-engineer'] });
  return github.createRepository('acme/claims', {
    by: 'owner',
    files: { [schemaPath]: schemaBefore, '.github/sluice.yml': configuration },
    teams: ['acme/platform'],
    writers: ['developer'],
  });
}

/** The App as its manifest describes it, so that the story fails when the manifest asks for too little. */
async function registerApp(github: LocalGitHub): Promise<LocalApp> {
  const manifest = parse(await readFile(join(packageRoot(), 'app.yml'), 'utf8')) as {
    default_permissions: Record<string, 'read' | 'write'>;
    default_events: string[];
  };
  return github.createApp({
    slug: 'sluice',
    account: 'acme',
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookUrl: 'http://localhost:9/',
  });
}
