import type { Json } from '../core/schema/json.ts';
import type { Database } from './database.ts';

/** A webhook that arrived. Keep in `body` only what its handler needs: payloads are full of people's data. */
export interface Delivery {
  /** GitHub's X-GitHub-Delivery. */
  readonly id: string;
  readonly event: string;
  readonly action?: string | undefined;
  readonly repository?: string | undefined;
  readonly pullRequest?: number | undefined;
  readonly body: Json;
}

export type DeliveryState = 'received' | 'processed' | 'ignored' | 'failed';

export interface DeliveryRow extends Delivery {
  readonly state: DeliveryState;
  readonly received: Date;
}

/** `duplicate`: GitHub sent it before, or somebody replays it. */
export async function recordDelivery(db: Database, delivery: Delivery): Promise<'recorded' | 'duplicate'> {
  const { rowCount } = await db.query(
    `INSERT INTO sluice.deliveries (id, event, action, repository, pull_request, body)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
    [
      delivery.id,
      delivery.event,
      delivery.action ?? null,
      delivery.repository ?? null,
      delivery.pullRequest ?? null,
      JSON.stringify(delivery.body),
    ],
  );
  return rowCount === 1 ? 'recorded' : 'duplicate';
}

export async function readDelivery(db: Database, id: string): Promise<DeliveryRow | undefined> {
  const { rows } = await db.query<DeliveryRow>(
    `SELECT id, event, action, repository, pull_request AS "pullRequest", body, state, received
     FROM sluice.deliveries WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** Notes how it ended. The body is emptied: nobody needs it any more. A failed one keeps it, to be tried again. */
export async function markDelivery(
  db: Database,
  id: string,
  state: Exclude<DeliveryState, 'received'>,
  note?: string,
): Promise<void> {
  await db.query(
    `UPDATE sluice.deliveries SET state = $2, note = $3, processed = now(),
       body = CASE WHEN $2 = 'failed' THEN body ELSE 'null'::jsonb END
     WHERE id = $1`,
    [id, state, note ?? null],
  );
}

/** Deliveries that were recorded before `before` and never finished: their job was lost, or they failed. */
export async function unfinishedDeliveries(db: Database, before: Date): Promise<DeliveryRow[]> {
  const { rows } = await db.query<DeliveryRow>(
    `SELECT id, event, action, repository, pull_request AS "pullRequest", body, state, received
     FROM sluice.deliveries WHERE state IN ('received', 'failed') AND received < $1 ORDER BY received`,
    [before],
  );
  return rows;
}
