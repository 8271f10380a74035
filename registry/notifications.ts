import type { AuditEvent } from '../core/audit/event.ts';
import { readChainHead, readEvents } from './audit/read-chain.ts';
import type { Database } from './database.ts';

/** A notification that is due. */
export interface DueNotification {
  readonly event: AuditEvent;
  /** How often it was tried before. */
  readonly attempts: number;
}

const mostEvents = 200;

/**
 * Makes notifications of the events since the last call, in the caller's transaction; other Apps wait. A channel begins with what happens
 * after it is set up. Returns how many events were looked at.
 */
export async function collectNotifications(
  db: Database,
  channel: string,
  isOfInterest: (event: AuditEvent) => boolean,
): Promise<number> {
  const head = await readChainHead(db);
  await db.query('INSERT INTO sluice.notified (channel, sequence) VALUES ($1, $2) ON CONFLICT (channel) DO NOTHING', [
    channel,
    head?.sequence ?? 0,
  ]);
  const { rows } = await db.query<{ sequence: number }>(
    'SELECT sequence::float8 AS sequence FROM sluice.notified WHERE channel = $1 FOR UPDATE',
    [channel],
  );
  const events = await readEvents(db, { after: rows[0]?.sequence ?? 0 }, mostEvents);
  const last = events.at(-1);
  if (last === undefined) return 0;
  await db.query(
    `INSERT INTO sluice.notifications (channel, sequence) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING`,
    [channel, events.filter(isOfInterest).map(({ sequence }) => sequence)],
  );
  await db.query('UPDATE sluice.notified SET sequence = $2 WHERE channel = $1', [channel, last.sequence]);
  return events.length;
}

/** Locks the next due notification for the caller's transaction; others skip it. Undefined: none is due. */
export async function claimNotification(db: Database, channel: string): Promise<DueNotification | undefined> {
  const { rows } = await db.query<{ sequence: number; attempts: number }>(
    `SELECT sequence::float8 AS sequence, attempts FROM sluice.notifications
     WHERE channel = $1 AND state = 'waiting' AND next_attempt <= now() ORDER BY sequence LIMIT 1
     FOR UPDATE SKIP LOCKED`,
    [channel],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const [event] = await readEvents(db, { after: row.sequence - 1 }, 1);
  if (event === undefined) throw new Error(`The event ${row.sequence} is gone.`);
  return { event, attempts: row.attempts };
}

export async function markNotified(db: Database, channel: string, sequence: number): Promise<void> {
  await db.query(
    `UPDATE sluice.notifications SET state = 'sent', attempts = attempts + 1, note = NULL
     WHERE channel = $1 AND sequence = $2`,
    [channel, sequence],
  );
}

/** @param pause milliseconds until the next attempt; undefined: there is none */
export async function markNotNotified(
  db: Database,
  channel: string,
  sequence: number,
  { note, pause }: { readonly note: string; readonly pause: number | undefined },
): Promise<void> {
  await db.query(
    `UPDATE sluice.notifications SET attempts = attempts + 1, note = $3,
       state = CASE WHEN $4::float8 IS NULL THEN 'given-up' ELSE 'waiting' END,
       next_attempt = now() + coalesce($4::float8, 0) * interval '1 millisecond'
     WHERE channel = $1 AND sequence = $2`,
    [channel, sequence, note, pause ?? null],
  );
}
