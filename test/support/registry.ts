import type { Pool } from 'pg';
import { migrateRegistry } from '../../registry/migrate.ts';
import { createTestDatabase } from './postgres.ts';

/** A registry of a test file's own. */
export async function createTestRegistry(): Promise<{ url: string; pool: Pool }> {
  const database = await createTestDatabase();
  await migrateRegistry(database.pool);
  return database;
}
