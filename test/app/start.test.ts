import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AppSettings } from '../../app/settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startSceneApp } from './fixture.ts';

let database: TestDatabase;
let settings: AppSettings;
beforeAll(async () => {
  database = await createTestDatabase();
  const encoding = { type: 'pkcs1', format: 'pem' } as const;
  const options = { modulusLength: 2048, privateKeyEncoding: encoding, publicKeyEncoding: encoding };
  const { privateKey } = generateKeyPairSync('rsa', options);
  const address = { registryUrl: database.url, queueUrl: database.url, githubUrl: 'http://127.0.0.1:1' };
  settings = { appId: 1, privateKey, webhookSecret: 's', ...address, host: '127.0.0.1', port: 0, logLevel: 'info' };
});

/** Connections that are still open after the server had some time to notice that they were closed. */
async function connections(): Promise<number> {
  let count = await countConnections();
  for (let patience = 200; count > 0 && patience > 0; patience -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    count = await countConnections();
  }
  return count;
}

async function countConnections(): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sluice%'`,
  );
  return Number(rows[0]?.count);
}

describe('starting the App', () => {
  it('goes on while GitHub cannot be reached, and says so in the log', async () => {
    const log: string[] = [];
    const app = await startSceneApp(settings, log);
    for (let patience = 500; patience > 0 && !log.join('').includes('not reconciled'); patience -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(log.join('')).toContain('not reconciled');
    await app.close();
  });

  it('leaves nothing behind when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startSceneApp({ ...settings, port }, [])).rejects.toThrow(`Port ${port} is already in use`);
    expect(await connections()).toBe(0);
    other.close();
  });

  it('leaves nothing behind when the queue cannot be reached', async () => {
    await expect(startSceneApp({ ...settings, queueUrl: 'postgres://nobody@127.0.0.1:1/none' }, [])).rejects.toThrow(
      'ECONNREFUSED',
    );
    expect(await connections()).toBe(0);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const app = await startSceneApp(settings, []);
    await app.close();
    expect(await connections()).toBe(0);
  });
});
