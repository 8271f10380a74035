import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL server for the whole run; every test file makes its own databases on it (see `postgres.ts`).
 * SLUICE_TEST_POSTGRES_URL (superuser) runs the tests on another server, of another version for instance.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['SLUICE_TEST_POSTGRES_URL'];
  if (given !== undefined) {
    project.provide('postgresUrl', given);
    return () => Promise.resolve();
  }
  const server = await startEmbeddedPostgres({
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300', deadlock_timeout: '1s' },
  });
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
