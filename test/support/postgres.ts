import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { afterAll, inject } from 'vitest';

const endings: (() => Promise<void>)[] = [];
// Registered when a test file imports this: a hook that is added inside another hook would never run.
afterAll(async () => {
  for (const end of endings.splice(0)) await end();
});

/** A database of a test file's own, on the server that the whole run shares. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
}

/** Makes an empty database and drops it when the file's tests are over. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = inject('postgresUrl');
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new Pool({ connectionString: url.href, max: 12 });
  pool.on('error', () => undefined);
  endings.push(async () => {
    await pool.end();
    await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { url: url.href, pool };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
