import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { folderPrefix } from '../../registry/embedded/ownership.ts';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';
import { bundleProgram, firstLine, startProgram } from '../support/child.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

async function untilRefused(url: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    try {
      await ask(url, 'SELECT 1');
    } catch {
      return;
    }
    await sleep(20);
  }
  throw new Error('The server still answers.');
}

describe('an embedded PostgreSQL', () => {
  it('runs beside another copy and is gone after stop, folder included', async () => {
    const [one, two] = await Promise.all([startEmbeddedPostgres(), startEmbeddedPostgres()]);
    expect(one.url).not.toBe(two.url);
    const { data_directory: folder } = (await ask(one.url, 'SHOW data_directory')) as { data_directory: string };
    await ask(two.url, 'CREATE TABLE only_here (a int)');
    expect(await ask(one.url, "SELECT to_regclass('only_here') AS t")).toEqual({ t: null });
    await Promise.all([one.stop(), two.stop(), one.stop()]);
    await expect(ask(one.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    expect(existsSync(folder)).toBe(false);
  });

  it('takes settings', async () => {
    const server = await startEmbeddedPostgres({ settings: { work_mem: '7MB' } });
    expect(await ask(server.url, 'SHOW work_mem')).toEqual({ work_mem: '7MB' });
    await server.stop();
  });

  it('keeps its data in a folder of its own, and lets one server at a time use it', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'sluice-keep-'));
    // Readable by the server's own user, which is another one when the tests run as root.
    await chmod(parent, 0o755);
    const folder = join(parent, 'data');
    const first = await startEmbeddedPostgres({ folder });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS a');
    await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(/in use by process/);
    await first.stop();
    const second = await startEmbeddedPostgres({ folder });
    expect(await ask(second.url, 'SELECT a FROM kept')).toEqual({ a: 1 });
    await second.stop();
    await rm(parent, { recursive: true });
  });

  it('ends when the process that started it is killed with -9', async () => {
    const child = startProgram(await bundleProgram('test/support/programs/postgres-owner.ts'));
    const { url } = JSON.parse(await firstLine(child)) as { url: string };
    const { data_directory: folder } = (await ask(url, 'SHOW data_directory')) as { data_directory: string };
    child.kill('SIGKILL');
    await once(child, 'close');
    await untilRefused(url);
    for (let attempt = 0; existsSync(folder) && attempt < 500; attempt++) await sleep(20);
    expect(existsSync(folder)).toBe(false);
  });

  it('deletes what a dead owner left behind, and nothing that has a living one', async () => {
    const orphan = join(tmpdir(), `${folderPrefix}orphan-of-a-test`);
    await mkdir(orphan, { recursive: true });
    await writeFile(join(orphan, 'owner.json'), JSON.stringify({ pid: process.pid, started: 'another time' }));
    const one = await startEmbeddedPostgres();
    const two = await startEmbeddedPostgres();
    expect(existsSync(orphan)).toBe(false);
    expect(await ask(one.url, 'SELECT 1 AS a')).toEqual({ a: 1 });
    await Promise.all([one.stop(), two.stop()]);
  });

  it('refuses a file in the place of its folder, in one line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-file-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const wrong of [file, join(file, 'below')]) {
      await expect(startEmbeddedPostgres({ folder: wrong })).rejects.toMatchObject({
        name: 'InputError',
        message: `${wrong} is no folder. Choose another folder.`,
      });
    }
    await rm(folder, { recursive: true });
  });
});
