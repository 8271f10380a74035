import {
  type ChildProcess,
  type SpawnOptionsWithStdioTuple,
  type StdioNull,
  type StdioPipe,
  spawn,
} from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../support/child.ts';
import { createTestDatabase } from '../../support/postgres.ts';

let main: string;
let folder: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  main = await bundleProgram('cli/main.ts');
  folder = await mkdtemp(join(tmpdir(), 'sluice-serve-'));
});
afterEach(() => void child?.kill('SIGKILL'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

interface Served {
  readonly process: ChildProcess;
  readonly port: number;
  /** Everything that it printed. */
  readonly printed: () => string;
  /** As a terminal does: the whole group gets it. */
  interrupt(): void;
  readonly exit: Promise<unknown[]>;
}

/** Starts `sluice serve` in a group of its own and waits until it listens. GitHub cannot be reached. */
async function serve(command: 'serve' | 'app'): Promise<Served> {
  const { url } = await createTestDatabase();
  const environment = {
    PATH: process.env['PATH'] ?? '',
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: 'a secret that is long',
    GITHUB_API_URL: 'http://127.0.0.1:1',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal' as const,
    SLUICE_REGISTRY_URL: url,
    SLUICE_DATABASE_URL: url,
  };
  const parameters = [main, command, ...(command === 'serve' ? ['--data', folder] : [])];
  const options: SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioPipe> = {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  };
  const started = spawn(process.execPath, parameters, options);
  child = started;
  let text = '';
  const exit = once(started, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /listens for webhooks at http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (found !== undefined) resolve(Number(found));
      });
    }
    started.on('exit', () => reject(new Error(text)));
  });
  return {
    process: started,
    port,
    printed: () => text,
    interrupt: () => void process.kill(-(started.pid ?? 0), 'SIGINT'),
    exit,
  };
}

describe.each(['serve', 'app'] as const)('sluice %s', (command) => {
  it('stops at Ctrl-C with code 0 and without a trace of errors', async () => {
    const served = await serve(command);
    served.interrupt();
    expect(await served.exit).toEqual([0, null]);
    expect(served.printed()).toContain('Stopping.');
    expect(served.printed()).not.toContain('Not everything ended in time');
    expect(served.printed()).not.toMatch(/^\s+at |Error/m);
  });

  it('does not wait for somebody who never ends what they are sending', async () => {
    const served = await serve(command);
    const socket = connect(served.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    served.interrupt();
    expect(await served.exit).toEqual([0, null]);
    expect(served.printed()).not.toMatch(/^\s+at |Error/m);
    socket.destroy();
  });

  it('ends at once at a second Ctrl-C', async () => {
    const served = await serve(command);
    const socket = connect(served.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    served.interrupt();
    while (!served.printed().includes('Stopping.')) await new Promise((resolve) => setTimeout(resolve, 10));
    served.interrupt();
    expect(await served.exit).toEqual([130, null]);
    expect(served.printed()).not.toMatch(/^\s+at /m);
    socket.destroy();
  });
});
