import { afterEach, describe, expect, it, vi } from 'vitest';
import { rollbackCommand } from '../../../cli/commands/rollback.ts';
import { runsCommand } from '../../../cli/commands/runs.ts';
import { withRegistry } from '../../../cli/runs/open.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { createTestRegistry } from '../../support/registry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

describe('the registry of a command', () => {
  it('is not made in a database that has none', async () => {
    const { url, pool } = await createTestDatabase();
    vi.stubEnv('SLUICE_REGISTRY_URL', url);
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const action = vi.fn();
    await withRegistry(action);
    expect(process.exitCode).toBe(2);
    expect(error.mock.calls.join('')).toMatch(/^This database holds no registry\. .*\n$/);
    expect(action).not.toHaveBeenCalled();
    const { rows } = await pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'sluice'");
    expect(rows).toEqual([]);
  });

  it('is opened where there is one', async () => {
    const { url } = await createTestRegistry();
    vi.stubEnv('SLUICE_REGISTRY_URL', url);
    const print = vi.spyOn(console, 'log').mockReturnValue();
    await runsCommand().parseAsync([], { from: 'user' });
    expect(print.mock.calls).toEqual([['There are no runs.']]);
  });

  it('that does not answer is said in a line, with the way back that needs none', async () => {
    vi.stubEnv('SLUICE_REGISTRY_URL', 'postgres://somebody:hidden@127.0.0.1:1/none');
    vi.stubEnv('SLUICE_DATABASE_URL', 'postgres://somebody:hidden@127.0.0.1:1/none');
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await rollbackCommand().parseAsync(['abc'], { from: 'user' });
    expect(process.exitCode).toBe(2);
    expect(error.mock.calls.join('')).toContain('sluice rollback abc --without-registry');
    error.mockClear();
    await rollbackCommand().parseAsync(['abc', '--without-registry'], { from: 'user' });
    expect(process.exitCode).toBe(1);
    const said = error.mock.calls.join('');
    expect(said).toMatch(/^The connection to the database was lost, or there is none \(ECONNREFUSED\)\. .*\n$/);
    expect(said).not.toContain('hidden');
  });

  it('prints its runs in no format that there is not', async () => {
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const command = runsCommand().exitOverride();
    await expect(command.parseAsync(['--format', 'xml'], { from: 'user' })).rejects.toThrow(
      /Allowed choices are text, json/,
    );
    expect(error).toHaveBeenCalled();
  });
});
