import type { Client } from 'pg';
import { notOurs } from './catalog.ts';
import { planned } from './planned.ts';
import { qualified, quoted, type Relation } from './relation.ts';

/** A user's trigger, as it is made again on the table that takes the place. */
export interface TriggerDefinition {
  readonly name: string;
  /** CREATE TRIGGER …, naming the table by its name in use. */
  readonly definition: string;
  /** O(rigin), D(isabled), R(eplica), A(lways). */
  readonly enabled: string;
  readonly comment: string | null;
}

/** A sequence that a column owns: `serial` shares it between both tables, an identity column has one of its own. */
export interface OwnedSequence {
  readonly sequence: Relation;
  readonly column: string;
  readonly identity: boolean;
}

export async function readTriggers(client: Client, oid: string): Promise<TriggerDefinition[]> {
  const { rows } = await client.query<TriggerDefinition>(
    planned(
      'triggers',
      `SELECT tgname AS name, pg_get_triggerdef(oid) AS definition, tgenabled AS enabled,
       obj_description(oid, 'pg_trigger') AS comment
     FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal AND ${notOurs} ORDER BY tgname`,
      [oid],
    ),
  );
  return rows;
}

export async function createTriggers(
  client: Client,
  on: Relation,
  triggers: readonly TriggerDefinition[],
): Promise<void> {
  for (const { name, definition, comment } of triggers) {
    await client.query(definition);
    if (comment !== null) {
      const text = await literal(client, comment);
      await client.query(`COMMENT ON TRIGGER ${quoted(name)} ON ${qualified(on)} IS ${text}`);
    }
  }
  await setTriggers(client, on, triggers);
}

/** Gives triggers the firing rule they had. */
export async function setTriggers(
  client: Client,
  on: Relation,
  triggers: readonly Pick<TriggerDefinition, 'name' | 'enabled'>[],
): Promise<void> {
  const verbs: Record<string, string> = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };
  for (const { name, enabled } of triggers) {
    const verb = verbs[enabled];
    if (verb === undefined) throw new Error(`The trigger ${name} fires by a rule that is not known: ${enabled}.`);
    await client.query(`ALTER TABLE ${qualified(on)} ${verb} TRIGGER ${quoted(name)}`);
  }
}

export async function disableTriggers(
  client: Client,
  on: Relation,
  triggers: readonly Pick<TriggerDefinition, 'name'>[],
): Promise<void> {
  for (const { name } of triggers) {
    await client.query(`ALTER TABLE ${qualified(on)} DISABLE TRIGGER ${quoted(name)}`);
  }
}

export async function readSequences(client: Client, oid: string): Promise<OwnedSequence[]> {
  const { rows } = await client.query<{ schema: string; name: string; column: string; identity: boolean }>(
    planned(
      'sequences',
      `SELECT n.nspname AS schema, c.relname AS name, a.attname AS column, d.deptype = 'i' AS identity
     FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1
       AND d.deptype IN ('a', 'i')`,
      [oid],
    ),
  );
  return rows.map(({ schema, name, column, identity }) => ({ sequence: { schema, name }, column, identity }));
}

/** The one sequence goes on exactly where the other stands. */
export async function continueSequence(client: Client, from: Relation, to: Relation): Promise<void> {
  await client.query(`SELECT setval($1::regclass, last_value, is_called) FROM ${qualified(from)}`, [qualified(to)]);
}

async function literal(client: Client, text: string): Promise<string> {
  const { rows } = await client.query<{ literal: string }>('SELECT quote_literal($1) AS literal', [text]);
  return rows[0]?.literal ?? "''";
}
