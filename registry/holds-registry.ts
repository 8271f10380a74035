import type { Database } from './database.ts';

/** Whether a database has the tables of a registry, of whatever age. Changes nothing. */
export async function holdsRegistry(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>(
    "SELECT to_regclass('sluice.migrations') IS NOT NULL AND to_regclass('sluice.runs') IS NOT NULL AS there",
  );
  return rows[0]?.there === true;
}
