import type { Client } from 'pg';
import { readSequences, readTriggers } from './attachments.ts';
import { readCatalog } from './catalog.ts';
import { withPlansKept } from './planned.ts';
import { readRowSecurity } from './policies.ts';
import { readReferences } from './references.ts';
import { qualified, type Relation } from './relation.ts';
import { idleSnapshots } from './sessions.ts';
import { readViews } from './views.ts';

/**
 * Reads everything once that a swap of these tables will read under its lock, so that the plans are made and the catalog is in memory by then. What it
 * reads is forgotten: only what is read under the lock counts.
 */
export function lookAhead(client: Client, place: Relation, twin: Relation): Promise<void> {
  return withPlansKept(client, async () => {
    for (const relation of [place, twin]) {
      const { rows } = await client.query<{ oid: string | null }>('SELECT to_regclass($1)::oid::text AS oid', [
        qualified(relation),
      ]);
      const oid = rows[0]?.oid ?? null;
      if (oid === null) continue;
      await readCatalog(client, oid);
      await readTriggers(client, oid);
      await readRowSecurity(client, oid, relation);
      await readViews(client, oid);
      await readReferences(client, oid);
      await readSequences(client, oid);
    }
    await idleSnapshots(client);
  });
}
