import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from 'pg';
import { noteOutcome } from '../registry/runs/progress.ts';
import type { BackupNote, Run } from '../registry/runs/run.ts';
import { openFileSink } from './backups/file-sink.ts';
import { openObjectSink } from './backups/object-sink.ts';
import type { BackupSink } from './backups/sink.ts';
import type { RunnerContext } from './context.ts';
import { csvLine } from './csv.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { readRows } from './databases/postgres/export.ts';
import { StepFailed } from './errors.ts';
import { Stopped, type Work } from './work.ts';

/**
 * Writes all records to a file or an object, as the migration file asks, before anything is made: one snapshot, as a stream, there to
 * stay, with its checksum in the registry. Safe to repeat; done once.
 */
export async function backUp(context: RunnerContext, run: Run, work: Work): Promise<void> {
  const { backup: format } = work.plan.options;
  if ((format !== 'jsonl' && format !== 'csv') || run.outcome?.backup !== undefined) return;
  const place = context.backups;
  if (place === undefined) throw noFolder;
  const url = context.databases(run.target.database);
  if (url === undefined) throw new Error(`The database ${run.target.database} has no address any more.`);
  const client = await connectTarget(url);
  try {
    const name = `${run.schema}-${run.fromVersion ?? 'before'}-${run.id}.${format}`;
    const sink = typeof place === 'string' ? await openFileSink(join(place, name)) : await openObjectSink(place, name);
    const note = await write(work, client, sink, format);
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
  'The migration asks for an export, and this runner was given no place for it.',
  'Set SLUICE_BACKUPS to a folder or a bucket where the runner runs, or have `backup: old-table` approved.',
);

async function write(work: Work, client: Client, sink: BackupSink, format: 'jsonl' | 'csv'): Promise<BackupNote> {
  try {
    const figures = await stream(work, client, sink, format);
    return { location: await sink.finish(figures.checksum), format, ...figures };
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

async function stream({ table, progress, signal }: Work, client: Client, sink: BackupSink, format: 'jsonl' | 'csv') {
  const hash = createHash('sha256');
  let records = 0;
  let bytes = 0;
  const put = async (text: string): Promise<void> => {
    const chunk = Buffer.from(text);
    hash.update(chunk);
    await sink.write(chunk);
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
