import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { noteOutcome } from '../registry/runs/progress.ts';
import type { BackupNote, Run } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { csvLine } from './csv.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { readRows } from './databases/postgres/export.ts';
import { StepFailed } from './errors.ts';
import { Stopped, type Work } from './work.ts';

/**
 * Writes all records to a file, as the migration file asks, before anything is made: one snapshot, as a stream, flushed to disk, with
 * its checksum in the registry. Safe to repeat; done once.
 */
export async function backUp(context: RunnerContext, run: Run, work: Work): Promise<void> {
  const { backup: format } = work.plan.options;
  if ((format !== 'jsonl' && format !== 'csv') || run.outcome?.backup !== undefined) return;
  const folder = context.backups;
  if (folder === undefined) throw noFolder;
  const url = context.databases(run.target.database);
  if (url === undefined) throw new Error(`The database ${run.target.database} has no address any more.`);
  const client = await connectTarget(url);
  try {
    const location = join(folder, `${run.schema}-${run.fromVersion ?? 'before'}-${run.id}.${format}`);
    const note = await inFileErrors(() => write(work, client, location, format));
    await noteOutcome(context.registry, run.id, { backup: note });
  } finally {
    await client.end();
  }
}

/** Throws `StepFailed` where an export is asked for and this runner has no place for it. */
export function checkBackup(context: Pick<RunnerContext, 'backups'>, backup: string): void {
  if ((backup === 'jsonl' || backup === 'csv') && context.backups === undefined) throw noFolder;
}

const noFolder = new StepFailed(
  'no-backup-folder',
  'The migration asks for an export, and this runner was given no folder for it.',
  'Set SLUICE_BACKUPS to a folder where the runner runs, or have `backup: old-table` approved.',
);

async function write(work: Work, client: Client, location: string, format: 'jsonl' | 'csv'): Promise<BackupNote> {
  await mkdir(join(location, '..'), { recursive: true, mode: 0o700 });
  const partial = `${location}.partial`;
  const file = await open(partial, 'w', 0o600);
  let figures: Omit<BackupNote, 'location' | 'format'>;
  try {
    figures = await stream(work, client, file, format);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, location);
  await syncFolder(join(location, '..'));
  return { location, format, ...figures };
}

async function stream({ table, progress, signal }: Work, client: Client, file: FileHandle, format: 'jsonl' | 'csv') {
  const hash = createHash('sha256');
  let records = 0;
  let bytes = 0;
  const put = async (text: string): Promise<void> => {
    const chunk = Buffer.from(text);
    hash.update(chunk);
    await file.write(chunk);
    bytes += chunk.length;
  };
  if (format === 'csv') await put(csvLine(table.columns.map(({ name }) => name)));
  for await (const rows of readRows(client, table, format === 'jsonl')) {
    if (signal.aborted) throw new Stopped();
    // A json column may hold line breaks between its tokens; inside of texts they are escaped.
    const lines = rows.map((row) => (format === 'csv' ? csvLine(row) : `${row[0]?.replaceAll(/[\r\n]/g, ' ')}\n`));
    await put(lines.join(''));
    records += rows.length;
    await progress.report({}, `exporting the records: ${records} of ${progress.figures.total}`);
  }
  return { records, bytes, checksum: hash.digest('hex') };
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
