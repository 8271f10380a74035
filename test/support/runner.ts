import type { Pool } from 'pg';
import { defaultPatience, type RunnerContext } from '../../runner/context.ts';

/** What `executeRun` works with in a test: its lines are kept, nothing waits long. */
export function runnerContext(registry: Pool, url: string, part: Partial<RunnerContext> = {}): RunnerContext {
  return {
    registry,
    databases: (name) => (name === 'default' ? url : undefined),
    patience: { ...defaultPatience, giveUpAfter: 30_000 },
    retention: 3600_000,
    signal: new AbortController().signal,
    report: () => undefined,
    ...part,
  };
}
