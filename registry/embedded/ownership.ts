import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, isAlive, startOf, stopServer } from './processes.ts';

/** Begins the name of every throw-away folder. */
export const folderPrefix = 'sluice-postgresql-';

const noteName = 'owner.json';

interface Owner {
  readonly pid: number;
  readonly started: string | undefined;
}

/** Writes down which process a server folder belongs to. */
export async function noteOwner(folder: string): Promise<void> {
  const owner: Owner = { pid: process.pid, started: await startOf(process.pid) };
  await writeFile(join(folder, noteName), JSON.stringify(owner));
}

/** The process that owns the folder, when it is alive. */
export async function livingOwner(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, noteName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const owner = JSON.parse(text) as Owner;
    if (!isAlive(owner.pid)) return undefined;
    return owner.started === (await startOf(owner.pid)) ? owner.pid : undefined;
  } catch {
    return undefined;
  }
}

/** Stops the server that still runs on the folder, if it does. Its process id is only believed when its command line names the folder. */
export async function stopServerOf(folder: string): Promise<void> {
  const note = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(note.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  if ((await commandLine(pid)).includes(folder)) await stopServer(pid);
}

/** Ends servers, and deletes folders, whose owner was killed before it could clean up. */
export async function removeOrphans(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(parent, name);
    if ((await isYoung(folder)) || (await livingOwner(folder)) !== undefined) continue;
    await stopServerOf(folder);
    // Another user's leftovers are not ours to delete.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A folder that another process makes at this moment has no note yet. */
async function isYoung(folder: string): Promise<boolean> {
  const noted = await stat(join(folder, noteName)).catch(() => undefined);
  if (noted !== undefined) return false;
  const made = await stat(folder).catch(() => undefined);
  return made === undefined || Date.now() - made.mtimeMs < 60_000;
}
