import type { Client } from 'pg';
import { qualified, type Relation } from './relation.ts';

/** Forgets consumed entries of a log, so that looking for the next ones does not pass over all that ever were. Outside of transactions. */
export async function vacuumLog(client: Client, log: Relation): Promise<void> {
  // TRUNCATE false: giving space back would ask for an exclusive lock, and hold up the application's triggers.
  await client.query(`VACUUM (TRUNCATE false) ${qualified(log)}`);
}
