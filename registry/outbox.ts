import type { Json } from '../core/schema/json.ts';
import type { Database } from './database.ts';

/** A job to be handed to a queue once the transaction that asks for it has committed. */
export interface OutboxMessage {
  readonly queue: string;
  readonly name: string;
  /** Messages with the same key that wait at the same time become one; the later data wins. */
  readonly key?: string | undefined;
  readonly data: Json;
  /** Milliseconds. */
  readonly delay?: number | undefined;
}

export interface OutboxRow extends OutboxMessage {
  readonly id: string;
}

/** Call it in the transaction whose effect the job is about: both happen, or neither. */
export async function appendOutbox(db: Database, message: OutboxMessage): Promise<void> {
  await db.query(
    `INSERT INTO sluice.outbox (queue, name, key, data, delay_ms) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (queue, key) WHERE relayed IS NULL DO UPDATE SET data = excluded.data, delay_ms = excluded.delay_ms`,
    [message.queue, message.name, message.key ?? null, JSON.stringify(message.data), message.delay ?? 0],
  );
}

/** Locks waiting messages for the caller's transaction; other relays skip them. */
export async function claimOutbox(db: Database, queues: readonly string[], limit: number): Promise<OutboxRow[]> {
  const { rows } = await db.query<OutboxRow>(
    `SELECT id, queue, name, key, data, delay_ms::float8 AS delay FROM sluice.outbox
     WHERE relayed IS NULL AND queue = ANY ($1) ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [queues, limit],
  );
  return rows;
}

export async function markRelayed(db: Database, ids: readonly string[]): Promise<void> {
  await db.query('UPDATE sluice.outbox SET relayed = now() WHERE id = ANY ($1::bigint[])', [ids]);
}

/** Forgets messages that were handed over before `before`. */
export async function pruneOutbox(db: Database, before: Date): Promise<void> {
  await db.query('DELETE FROM sluice.outbox WHERE relayed < $1', [before]);
}
