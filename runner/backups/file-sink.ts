import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StepFailed } from '../errors.ts';
import type { BackupSink } from './sink.ts';

/** A file that has its name only once all of it is on disk. */
export async function openFileSink(location: string): Promise<BackupSink> {
  const partial = `${location}.partial`;
  const file = await inFileErrors(async () => {
    await mkdir(dirname(location), { recursive: true, mode: 0o700 });
    return open(partial, 'w', 0o600);
  });
  return {
    write: (chunk) => inFileErrors(async () => void (await file.write(chunk))),
    finish: () =>
      inFileErrors(async () => {
        await file.sync();
        await file.close();
        await rename(partial, location);
        await syncFolder(dirname(location));
        return location;
      }),
    abandon: async () => {
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** The name of a new file is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const fileErrors = new Set(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EDQUOT', 'EISDIR', 'EEXIST']);

async function inFileErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !fileErrors.has(code)) throw error;
    throw new StepFailed(
      'backup-failed',
      `The export could not be written: ${code}.`,
      'Make room, or let the runner write to the folder that SLUICE_BACKUPS names.',
    );
  }
}
