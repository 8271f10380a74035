import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chmod, chown, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { type Account, canReach, serverAccount } from './account.ts';
import { copyBinaries, findBinaries } from './binaries.ts';
import { dismissGuard, guardServer } from './guard.ts';
import { folderPrefix, livingOwner, noteOwner, removeOrphans, stopServerOf } from './ownership.ts';
import { stopServer } from './processes.ts';

/** A running PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  /** Address of its database `postgres`, as superuser, password included. */
  readonly url: string;
  /** The same server, another database (which must exist). */
  urlOf(database: string): string;
  /** Stops the server; a throw-away folder is deleted. May be called twice. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the data stays. Absent: a throw-away folder. One server per folder at a time. */
  readonly folder?: string;
  /** Server settings, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL from the npm package, on a free port of 127.0.0.1 and without unix sockets, so that any number of them
 * run side by side. As root the server runs as user `postgres` or `nobody`. It ends when this process ends, even by
 * `kill -9`, and servers orphaned by earlier processes are cleaned up first.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const account = await serverAccount();
  const throwAway = options.folder === undefined;
  const folder = throwAway ? await makeThrowAwayFolder(account) : await claimFolder(resolve(options.folder));
  try {
    await noteOwner(folder);
    const installed = await findBinaries();
    const native = (await canReach(account, installed)) ? installed : await copyBinaries(installed, folder);
    const password = await initialise(native, folder, account);
    const { server, port } = await launch(native, folder, account, options.settings ?? {});
    const pid = server.pid as number;
    const guard = guardServer(pid, folder, throwAway);
    await waitUntilReady(server, folder, urlOf(port, password, 'postgres'));

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      dismissGuard(guard);
      await stopServer(pid);
      await rm(join(folder, 'owner.json'), { force: true });
      if (throwAway) await rm(folder, { recursive: true, force: true });
    };
    return {
      url: urlOf(port, password, 'postgres'),
      urlOf: (database) => urlOf(port, password, database),
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    if (throwAway) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

async function makeThrowAwayFolder(account: Account | undefined): Promise<string> {
  const parent = (await canReach(account, tmpdir())) ? tmpdir() : '/tmp';
  await removeOrphans(parent);
  return mkdtemp(join(parent, folderPrefix));
}

async function claimFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const isFile = cause.code === 'EEXIST' || cause.code === 'ENOTDIR';
    throw new InputError(isFile ? `${folder} is no folder` : `The folder ${folder} cannot be made (${cause.code})`, {
      remedy: 'Choose another folder.',
      cause,
    });
  });
  const owner = await livingOwner(folder);
  if (owner !== undefined) {
    throw new InputError(`The folder ${folder} is in use by process ${owner}`, {
      remedy: 'Stop that process, or choose another folder.',
    });
  }
  await stopServerOf(folder);
  return folder;
}

/** Makes the database files when they are not there yet. Returns the superuser's password, kept in the folder. */
async function initialise(native: string, folder: string, account: Account | undefined): Promise<string> {
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  // The folder itself belongs to us; the server's user must pass through it.
  await chmod(folder, 0o711);
  if (!(await canReach(account, folder))) {
    throw new InputError(`The server's user cannot reach ${folder}`, {
      remedy: 'Choose a folder whose parents everyone may pass through, or do not run as root.',
    });
  }
  const known = await readFile(passwordFile, 'utf8').catch(() => undefined);
  const complete = await access(join(data, 'initialised')).then(
    () => true,
    () => false,
  );
  if (known !== undefined && complete) return known;

  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  const password = randomBytes(18).toString('hex');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) {
    await chown(data, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const initdb = spawn(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-sync'].concat(
      ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ),
    { ...account, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' },
  );
  let complaint = '';
  initdb.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(initdb, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${complaint.trim().slice(-2000)}`);
  await writeFile(join(data, 'initialised'), '');
  return password;
}

async function launch(
  native: string,
  folder: string,
  account: Account | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<{ server: ChildProcess; port: number }> {
  const port = await freePort();
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(join(folder, 'server.log'), 'a');
  const server = spawn(join(native, 'bin', 'postgres'), ['-D', join(folder, 'data'), '-p', String(port), ...flags], {
    ...account,
    stdio: ['ignore', log.fd, log.fd],
    // Ctrl-C in a terminal goes to the whole group: the server must live until we have said goodbye to it.
    detached: true,
    cwd: '/',
  });
  server.unref();
  await once(server, 'spawn');
  await log.close();
  return { server, port };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}

async function waitUntilReady(server: ChildProcess, folder: string, url: string): Promise<void> {
  for (let attempt = 0; attempt < 1500; attempt++) {
    if (server.exitCode !== null || server.signalCode !== null) {
      const log = await readFile(join(folder, 'server.log'), 'utf8').catch(() => '');
      throw new Error(`PostgreSQL did not start: ${log.trim().split('\n').slice(-5).join(' ')}`);
    }
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(20);
    }
  }
  throw new Error('PostgreSQL did not answer within 30 seconds.');
}
