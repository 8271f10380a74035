import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { bundleProgram } from '../support/child.ts';

let folder: string;
let main: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'));
  main = await bundleProgram('cli/main.ts');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `sluice` in a process of its own, with no variable of ours set. */
async function sluice(...parameters: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const environment = { PATH: process.env['PATH'], NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...parameters], { env: environment }, (error, stdout, stderr) =>
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('sluice', () => {
  it('explains itself and each command', async () => {
    const { exitCode, stdout } = await sluice('--help');
    expect(exitCode).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
    expect(commands).toEqual(expect.arrayContaining(['check', 'plan', 'serve', 'app', 'runner', 'rollback']));
    for (const command of commands.filter((name) => name !== 'help')) {
      const help = await sluice(command, '--help');
      expect({ command, ...help }).toMatchObject({ command, exitCode: 0, stderr: '' });
    }
  });

  it('says its version', async () => {
    expect((await sluice('--version')).stdout.trim()).toBe(packageJson.version);
  });

  it('ends with 2 on wrong usage, whichever command it is', async () => {
    for (const wrong of [['nonsense'], ['check', '--nonsense'], ['plan'], ['rollback'], ['serve', 'extra']]) {
      const refused = await sluice(...wrong);
      expect({ wrong, ...refused }).toMatchObject({ wrong, exitCode: 2, stdout: '' });
    }
  });

  it('names every variable that is missing, at once', async () => {
    const app = await sluice('app');
    expect(app.exitCode).toBe(2);
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'SLUICE_REGISTRY_URL'])
      expect(app.stderr).toContain(name);
    const serve = await sluice('serve');
    expect(serve.exitCode).toBe(2);
    expect(serve.stderr).not.toContain('SLUICE_REGISTRY_URL');
    expect((await sluice('runner')).stderr).toContain('SLUICE_DATABASE_URL');
  });

  it('ends in silence when its reader has seen enough', async () => {
    const pairs = join(folder, 'pairs.jsonl');
    await writeFile(pairs, '{"id":1,"old":true,"new":true}\n'.repeat(3000));
    const child = spawn(process.execPath, [main, 'check', '--pairs', pairs], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(errors).toBe('');
  });
});
