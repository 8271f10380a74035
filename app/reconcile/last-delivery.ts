import type { Database } from '../../registry/database.ts';

/** When the last webhook came; undefined when none ever did. */
export async function lastDelivery(db: Database): Promise<Date | undefined> {
  const { rows } = await db.query<{ last: Date | null }>('SELECT max(received) AS last FROM sluice.deliveries');
  return rows[0]?.last ?? undefined;
}
