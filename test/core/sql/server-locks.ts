import type { PoolClient } from 'pg';
import { type LockMode, lockModes } from '../../../core/sql/locks/mode.ts';

/** The table locks that the connection's own transaction holds, by name as `regclass` prints it; the strongest each. */
export async function locksHeld(client: PoolClient): Promise<Map<number, LockMode>> {
  const { rows } = await client.query<{ relation: number; mode: string }>(
    `SELECT relation::int AS relation, mode FROM pg_locks
     WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND relation >= 16384`,
  );
  const held = new Map<number, LockMode>();
  for (const { relation, mode } of rows) {
    const name = modeOf(mode);
    const before = held.get(relation);
    if (before === undefined || lockModes.indexOf(name) > lockModes.indexOf(before)) held.set(relation, name);
  }
  return held;
}

/** Number of a table or index, as pg_locks counts them; undefined when there is none of that name. */
export async function relationOf(client: PoolClient, name: string): Promise<number | undefined> {
  const { rows } = await client.query<{ oid: number | null }>('SELECT to_regclass($1)::oid::int AS oid', [name]);
  return rows[0]?.oid ?? undefined;
}

/** `ShareRowExclusiveLock` → `SHARE ROW EXCLUSIVE`. */
function modeOf(mode: string): LockMode {
  const words = mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  const found = lockModes.find((name) => name === words);
  if (found === undefined) throw new Error(`pg_locks knows a mode that the linter does not: ${mode}`);
  return found;
}
