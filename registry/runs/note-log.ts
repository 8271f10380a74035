import type { Pool } from 'pg';
import { type Database, inTransaction } from '../database.ts';
import { appendEvent } from '../events.ts';
import { appendOutbox } from '../outbox.ts';
import { appQueue } from './progress.ts';
import type { LogNote, Run } from './run.ts';

/**
 * Notes that the keys which wait to be carried over have become many, with an event, unless that was said of half as many before or
 * the run has moved on. `words`: what is shown as its step. Leaves alone since when nothing was heard of the run: its retention counts from there.
 */
export async function noteLog(
  registry: Pool,
  run: Pick<Run, 'id' | 'state' | 'repository'>,
  note: LogNote,
  words: string,
): Promise<boolean> {
  return inTransaction(registry, async (db) => {
    if (!(await saveNote(db, run, note, words))) return false;
    await appendOutbox(db, {
      queue: appQueue,
      name: 'run-progress',
      key: `run-progress:${run.id}`,
      data: { runId: run.id },
    });
    // Not `run.…`: it says nothing of where the run is.
    await appendEvent(db, {
      kind: 'log.grown',
      repository: run.repository,
      actor: 'sluice',
      subject: run.id,
      data: { state: run.state, reason: words, ...note },
    });
    return true;
  });
}

async function saveNote(
  db: Database,
  { id, state }: Pick<Run, 'id' | 'state'>,
  note: LogNote,
  words: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE sluice.runs SET step = $3, progress = progress || jsonb_build_object('log', $4::jsonb), progress_seq = progress_seq + 1
     WHERE id = $1 AND state = $2 AND progress IS NOT NULL AND coalesce((progress->'log'->>'bytes')::float8, 0) * 2 <= $5::float8`,
    [id, state, words, JSON.stringify(note), note.bytes],
  );
  return rowCount === 1;
}
