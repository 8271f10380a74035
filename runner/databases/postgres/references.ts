import type { Client } from 'pg';
import { planned } from './planned.ts';
import { qualified, quoted, type Relation } from './relation.ts';

/** A foreign key of the table, or one that points at it. */
export interface Reference {
  /** The table that has the constraint. */
  readonly on: Relation;
  readonly name: string;
  /** FOREIGN KEY …, without NOT VALID. */
  readonly definition: string;
  readonly validated: boolean;
  readonly comment: string | null;
  /** Whether the table itself has it; otherwise it points at the table. */
  readonly own: boolean;
}

/** A constraint that was added without looking at the rows, to be looked at after the swap. */
export interface Unvalidated {
  readonly on: Relation;
  readonly name: string;
}

export async function readReferences(client: Client, oid: string): Promise<Reference[]> {
  const { rows } = await client.query<Omit<Reference, 'on'> & { schema: string; table: string }>(
    planned(
      'references',
      `SELECT n.nspname AS schema, c.relname AS table, k.conname AS name, k.convalidated AS validated,
       regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') AS definition,
       obj_description(k.oid, 'pg_constraint') AS comment, k.conrelid = $1 AS own
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND (k.conrelid = $1 OR k.confrelid = $1) ORDER BY 1, 2, 3`,
      [oid],
    ),
  );
  return rows.map(({ schema, table, ...reference }) => ({ ...reference, on: { schema, name: table } }));
}

export async function dropReferences(client: Client, references: readonly Reference[]): Promise<void> {
  for (const { on, name } of references) {
    await client.query(`ALTER TABLE ${qualified(on)} DROP CONSTRAINT ${quoted(name)}`);
  }
}

/**
 * Adds them again, without looking at the rows: that would take long under the lock, and they hold, since they held before.
 * The names in the definitions now mean the tables in use. Returns those that are to be validated afterwards.
 */
export async function addReferences(client: Client, references: readonly Reference[]): Promise<Unvalidated[]> {
  for (const { on, name, definition, comment } of references) {
    await client.query(`ALTER TABLE ${qualified(on)} ADD CONSTRAINT ${quoted(name)} ${definition} NOT VALID`);
    if (comment !== null) {
      await client.query(
        `COMMENT ON CONSTRAINT ${quoted(name)} ON ${qualified(on)} IS ${client.escapeLiteral(comment)}`,
      );
    }
  }
  return references.filter(({ validated }) => validated).map(({ on, name }) => ({ on, name }));
}

/** Looks at the rows, while they are written: harmless when it was validated or dropped in the meantime. */
export async function validateReference(client: Client, { on, name }: Unvalidated): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_constraint WHERE conrelid = to_regclass($1) AND conname = $2 AND NOT convalidated`,
    [qualified(on), name],
  );
  if (rowCount === 1) await client.query(`ALTER TABLE ${qualified(on)} VALIDATE CONSTRAINT ${quoted(name)}`);
}
