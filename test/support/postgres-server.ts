import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One PostgreSQL server for the whole run; every test file makes its own databases on it (see `postgres.ts`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startEmbeddedPostgres({
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300', deadlock_timeout: '1s' },
  });
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
