import type { Client } from 'pg';
import { type Key, keyList } from './keys.ts';
import { planned } from './planned.ts';
import { qualified, quoted, type Relation } from './relation.ts';

/** What notes the keys of rows that are written to a table. */
export interface Capture {
  readonly on: Relation;
  readonly key: Key;
  readonly log: Relation;
  readonly function: Relation;
  /** Common beginning of its triggers' names. */
  readonly trigger: string;
}

/**
 * The columns of the key, with their collations. In the caller's transaction. Appends only: a log without duplicates would lose
 * the later of two updates.
 */
export async function createLog(client: Client, { log, key, on }: Pick<Capture, 'log' | 'key' | 'on'>): Promise<void> {
  await client.query(`CREATE TABLE ${qualified(log)} AS SELECT ${keyList(key)} FROM ${qualified(on)} WITH NO DATA`);
}

/**
 * Statement-level triggers that note the old and new keys of every write, and NULLs for a TRUNCATE. In the caller's
 * transaction. ENABLE ALWAYS: also for what a replication role writes. SECURITY DEFINER: the application needs no right on
 * the log. Nothing in them can fail for reasons of the row, so they never fail a user's write.
 */
export async function createCapture(client: Client, capture: Capture): Promise<void> {
  const table = qualified(capture.on);
  const run = qualified(capture.function);
  const statements = [functionSql(capture)];
  for (const [event, tables] of [
    ['INSERT', 'REFERENCING NEW TABLE AS new_rows'],
    ['UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'],
    ['DELETE', 'REFERENCING OLD TABLE AS old_rows'],
    ['TRUNCATE', ''],
  ] as const) {
    const trigger = quoted(`${capture.trigger}_${event.toLowerCase()}`);
    statements.push(
      `CREATE TRIGGER ${trigger} AFTER ${event} ON ${table} ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${run}()`,
      `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`,
    );
  }
  // At once: writers wait for it.
  await client.query(statements.join(';\n'));
}

function functionSql({ key, log, function: name }: Capture): string {
  const columns = keyList(key);
  const into = `INSERT INTO ${qualified(log)} (${columns})`;
  return `CREATE OR REPLACE FUNCTION ${qualified(name)}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $sluice$
    BEGIN
      IF TG_OP = 'INSERT' THEN ${into} SELECT ${columns} FROM new_rows;
      ELSIF TG_OP = 'UPDATE' THEN ${into} SELECT ${columns} FROM old_rows UNION SELECT ${columns} FROM new_rows;
      ELSIF TG_OP = 'DELETE' THEN ${into} SELECT ${columns} FROM old_rows;
      ELSE INSERT INTO ${qualified(log)} DEFAULT VALUES;
      END IF;
      RETURN NULL;
    END $sluice$`;
}

/** Takes the triggers off a table, with the function. In the caller's transaction; harmless where they are gone already. */
export async function dropCapture(
  client: Client,
  capture: Pick<Capture, 'on' | 'function' | 'trigger'>,
): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    planned('table is there', 'SELECT to_regclass($1) IS NOT NULL AS there', [qualified(capture.on)]),
  );
  const triggers = rows[0]?.there ? ['insert', 'update', 'delete', 'truncate'] : [];
  const statements = triggers.map(
    (event) => `DROP TRIGGER IF EXISTS ${quoted(`${capture.trigger}_${event}`)} ON ${qualified(capture.on)}`,
  );
  await client.query([...statements, `DROP FUNCTION IF EXISTS ${qualified(capture.function)}()`].join(';\n'));
}
