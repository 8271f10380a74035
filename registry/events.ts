import { type ClientBase, Pool } from 'pg';
import { cleanForAudit, cleanText } from '../core/audit/clean.ts';
import { eventHash } from '../core/audit/hash.ts';
import { isObject, type Json } from '../core/schema/json.ts';
import { utcText } from './audit/utc-text.ts';
import { currentCause } from './cause.ts';
import { type Database, inTransaction } from './database.ts';

/** One line of the audit trail: who did what to what. Never holds record values. */
export interface RegistryEvent {
  /** Such as `approval.given`, `run.cutting-over`, `version.published`. */
  readonly kind: string;
  readonly repository: string;
  /** A GitHub login, or `sluice`. */
  readonly actor: string;
  /** What it is about, such as `pull request 7` or a run's id. */
  readonly subject: string;
  /** Exports have columns for `commit` (or `head`), `fingerprint`, `policy`, `delivery` and `reason` of it. */
  readonly data: Json;
}

export interface EventRow extends RegistryEvent {
  readonly id: string;
  readonly at: Date;
}

/**
 * Adds to the audit trail, which the database itself protects from UPDATE, DELETE and TRUNCATE, and whose events are chained by their hashes.
 * In a transaction the end of the chain stays locked until it is over: append last. What looks like a secret or an address is left out; the
 * webhook that led to the event is added.
 */
export async function appendEvent(db: Database, event: RegistryEvent): Promise<void> {
  if (db instanceof Pool) await inTransaction(db, (client) => appendInTransaction(client, event));
  else await appendInTransaction(db, event);
}

async function appendInTransaction(client: ClientBase, event: RegistryEvent): Promise<void> {
  const { rows } = await client.query<{ sequence: number; hash: string; at: string }>(
    `SELECT sequence::float8 AS sequence, hash, ${utcText('clock_timestamp()')} AS at FROM sluice.events_head FOR UPDATE`,
  );
  const [head] = rows;
  if (head === undefined) throw new Error('The end of the audit trail is gone.');
  const content = {
    sequence: head.sequence + 1,
    at: head.at,
    kind: event.kind,
    repository: event.repository,
    actor: cleanText(event.actor),
    subject: cleanText(event.subject),
    // As the database gives it back: what is undefined is not there.
    data: JSON.parse(JSON.stringify(cleanForAudit(withCurrentCause(event.data)))) as Json,
    previous: head.hash,
  };
  const { sequence, at, kind, repository, actor, subject, data, previous } = content;
  const { rowCount } = await client.query(
    `WITH written AS (
       INSERT INTO sluice.events (sequence, at, kind, repository, actor, subject, data, previous, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING sequence, hash
     )
     UPDATE sluice.events_head SET sequence = written.sequence, hash = written.hash FROM written
     WHERE events_head.sequence = written.sequence - 1`,
    [sequence, at, kind, repository, actor, subject, JSON.stringify(data), previous, eventHash(content)],
  );
  if (rowCount !== 1) throw new Error('Another event was appended at the same time: append events in a transaction.');
}

function withCurrentCause(data: Json): Json {
  if (!isObject(data)) return data;
  const { delivery, comment } = currentCause() ?? {};
  return { ...(delivery === undefined ? {} : { delivery }), ...(comment === undefined ? {} : { comment }), ...data };
}

/** Oldest first; the last ones, where there are more than the limit. */
export async function listEvents(
  db: Database,
  of: { readonly repository: string; readonly subject?: string; readonly limit?: number },
): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT id, at, kind, repository, actor, subject, data FROM (
       SELECT * FROM sluice.events WHERE repository = $1 AND ($2::text IS NULL OR subject = $2)
       ORDER BY sequence DESC LIMIT $3) AS last ORDER BY sequence`,
    [of.repository, of.subject ?? null, of.limit ?? 1000],
  );
  return rows;
}
