import type { AuditEvent } from '../../core/audit/event.ts';
import type { Database } from '../database.ts';
import { utcText } from './utc-text.ts';

export interface ChainFilter {
  readonly repository?: string | undefined;
  /** Only events after this place. */
  readonly after?: number | undefined;
}

const batch = 1000;

/** Events in the order of the chain, a thousand in memory at a time, however many there are. */
export async function* readChain(db: Database, filter: ChainFilter = {}): AsyncGenerator<AuditEvent> {
  for (let after = filter.after ?? 0; ; ) {
    const events = await readEvents(db, { ...filter, after }, batch);
    yield* events;
    const last = events.at(-1);
    if (last === undefined || events.length < batch) return;
    after = last.sequence;
  }
}

/** The next events, so many at most. */
export async function readEvents(
  db: Database,
  { repository, after }: ChainFilter,
  limit: number,
): Promise<AuditEvent[]> {
  const { rows } = await db.query<AuditEvent>(
    `SELECT sequence::float8 AS sequence, ${utcText('at')} AS at, kind, repository, actor, subject, data, previous, hash
     FROM sluice.events
     WHERE sequence > $1 AND ($2::text IS NULL OR lower(repository) = lower($2)) ORDER BY sequence LIMIT $3`,
    [after ?? 0, repository ?? null, limit],
  );
  return rows;
}

/** What the registry remembers as the last event. */
export async function readChainHead(db: Database): Promise<{ sequence: number; hash: string } | undefined> {
  const { rows } = await db.query<{ sequence: number; hash: string }>(
    'SELECT sequence::float8 AS sequence, hash FROM sluice.events_head',
  );
  return rows[0];
}
