import type { Client } from 'pg';
import { qualified, quoted, type Relation } from './relation.ts';

/** Takes a function's triggers off whatever table they are on: somebody may have renamed or moved it. In the caller's transaction. */
export async function dropTriggersOf(client: Client, run: Relation): Promise<void> {
  const { rows } = await client.query<{ schema: string; table: string; trigger: string }>(
    `SELECT n.nspname AS schema, c.relname AS table, t.tgname AS trigger
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE t.tgfoid = to_regproc($1)`,
    [qualified(run)],
  );
  for (const { schema, table, trigger } of rows) {
    await client.query(`DROP TRIGGER ${quoted(trigger)} ON ${qualified({ schema, name: table })}`);
  }
}
