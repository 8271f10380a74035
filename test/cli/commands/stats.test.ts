import { afterEach, expect, it, vi } from 'vitest';
import { statsCommand } from '../../../cli/commands/stats.ts';
import { appendEvent } from '../../../registry/events.ts';
import { createTestRegistry } from '../../support/registry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function stats(...parameters: string[]): Promise<string> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await statsCommand().parseAsync(parameters, { from: 'user' });
  const text = out.mock.calls.join('');
  vi.restoreAllMocks();
  return text;
}

it('prints what the audit trail adds up to, for people and for programs', async () => {
  const { url, pool } = await createTestRegistry();
  vi.stubEnv('SLUICE_REGISTRY_URL', url);
  expect(await stats()).toContain('success                   none yet');
  const pull = { repository: 'acme/claims', subject: 'pull request 7', data: {} };
  await appendEvent(pool, { ...pull, kind: 'approval.requested', actor: 'developer' });
  await appendEvent(pool, { ...pull, kind: 'approval.given', actor: 'platform-engineer' });
  for (const kind of ['run.prechecking', 'run.completed'])
    await appendEvent(pool, { ...pull, kind, actor: 'sluice', subject: 'k7x2' });
  const text = await stats();
  expect(text).toMatch(/^Approvals\n {2}requested {17}1\n {2}approved {18}1\n/);
  expect(text).toContain('  success                   all\n');
  expect(JSON.parse(await stats('--format', 'json', '--repository', 'acme/claims'))).toMatchObject({
    approvals: { requested: 1, approved: 1, pending: 0, averageTime: expect.any(Number) },
    migrations: { ordered: 1, succeeded: 1, success: 1 },
  });
  expect(JSON.parse(await stats('--format', 'json', '--repository', 'acme/other'))).toMatchObject({
    approvals: { requested: 0, averageTime: null },
    migrations: { success: null },
  });
});
