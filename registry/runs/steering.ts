import type { Database } from '../database.ts';
import type { Run } from './run.ts';

/**
 * How often people have had a hand in a run so far. A button of the run is for one of these numbers: once somebody has steered the run, what was
 * meant for how it was before is over.
 */
export async function countSteering(db: Database, { id, repository }: Pick<Run, 'id' | 'repository'>): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    // A person may be called `sluice`, but what Sluice does by itself comes with no webhook.
    `SELECT count(*)::integer AS count FROM sluice.events
     WHERE repository = $1 AND subject = $2 AND kind LIKE 'run.%' AND (actor <> 'sluice' OR data ? 'delivery')`,
    [repository, id],
  );
  return rows[0]?.count ?? 0;
}
