import type { Json } from '../core/schema/json.ts';
import type { Database } from './database.ts';

/** One line of the audit trail: who did what to what. Never holds record values. */
export interface RegistryEvent {
  /** Such as `approval.given`, `run.cutting-over`, `version.published`. */
  readonly kind: string;
  readonly repository: string;
  /** A GitHub login, or `sluice`. */
  readonly actor: string;
  /** What it is about, such as `pull request 7` or a run's id. */
  readonly subject: string;
  readonly data: Json;
}

export interface EventRow extends RegistryEvent {
  readonly id: string;
  readonly at: Date;
}

/** Adds to the audit trail, which the database itself protects from UPDATE, DELETE and TRUNCATE. */
export async function appendEvent(db: Database, event: RegistryEvent): Promise<void> {
  await db.query('INSERT INTO sluice.events (kind, repository, actor, subject, data) VALUES ($1, $2, $3, $4, $5)', [
    event.kind,
    event.repository,
    event.actor,
    event.subject,
    JSON.stringify(event.data),
  ]);
}

/** Oldest first. */
export async function listEvents(
  db: Database,
  of: { readonly repository: string; readonly subject?: string; readonly limit?: number },
): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT id, at, kind, repository, actor, subject, data FROM sluice.events
     WHERE repository = $1 AND ($2::text IS NULL OR subject = $2) ORDER BY id LIMIT $3`,
    [of.repository, of.subject ?? null, of.limit ?? 1000],
  );
  return rows;
}
