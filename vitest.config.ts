import { defineConfig } from 'vitest/config';

// Two workers: the suites start real servers (PostgreSQL, the emulated GitHub), and more of them at once only queue up.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
