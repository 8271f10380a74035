import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { noteOutcome } from '../registry/runs/progress.ts';
import type { RoomNote, Run } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { readRoom, type ServerRoom } from './databases/postgres/room.ts';
import type { Table } from './databases/postgres/table.ts';
import { StepFailed } from './errors.ts';

/** Of what the copy takes, for the log of writing it until the server has recycled it. */
const logShare = 1;

/**
 * Refuses a run whose copy would not fit on the disk of the database, and notes what it takes. SQL tells nobody how much is free: it
 * is known only where the server's files are on the runner's own machine. Elsewhere the note says so, and a disk that fills up
 * undoes the run.
 */
export async function checkRoom(context: RunnerContext, run: Run, client: Client, table: Table): Promise<void> {
  const room = await readRoom(client, table.oid);
  const needed = Math.ceil(room.bytes * (1 + logShare));
  const note: RoomNote = { needed, ...optional(await freeBytes(room)) };
  await noteOutcome(context.registry, run.id, { room: note });
  refuseWithout(note);
}

/** Throws `StepFailed` where it is known that there is too little. */
export function refuseWithout({ needed, free }: RoomNote): void {
  if (free === undefined || free >= needed) return;
  throw new StepFailed(
    'no-room',
    `The copy of the table and the log of writing it take about ${gigabytes(needed)}; the disk of the database has ${gigabytes(free)} left.`,
    'Make room on the disk of the database.',
  );
}

/** Bytes free on the disk of the server's files; undefined where they are not on this machine. */
export async function freeBytes({ folder, identifier }: ServerRoom): Promise<number | undefined> {
  if (folder === undefined) return undefined;
  try {
    if ((await identifierIn(folder)) !== identifier) return undefined;
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // No such folder here, or not ours to read: then nothing is known.
    return undefined;
  }
}

/** The first eight bytes of a cluster's control file, so that a folder of the same name is not taken for it. */
async function identifierIn(folder: string): Promise<string> {
  const file = await open(join(folder, 'global', 'pg_control'));
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.readBigUInt64LE().toString();
  } finally {
    await file.close();
  }
}

function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function optional(free: number | undefined): { free?: number } {
  return free === undefined ? {} : { free };
}
