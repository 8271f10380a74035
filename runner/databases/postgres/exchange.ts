import type { Client } from 'pg';
import {
  continueSequence,
  createTriggers,
  disableTriggers,
  type OwnedSequence,
  readSequences,
  readTriggers,
  setTriggers,
} from './attachments.ts';
import { readCatalog } from './catalog.ts';
import { qualified, quoted, type Relation } from './relation.ts';

export interface Exchange {
  /** The table's place: the names the application uses. */
  readonly place: Relation;
  /** Schema where the table in use goes. */
  readonly leaveTo: string;
  /** Schema from where its twin comes. */
  readonly comeFrom: string;
  /** Whether the twin already has the user's triggers (it had the place before). */
  readonly twinHasTriggers: boolean;
}

/** The twin differs from the table it would replace, so the swap was not made. */
export class CatalogDiffers extends Error {
  override readonly name = 'CatalogDiffers';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(`The table in use and its twin differ: ${lines.join('; ')}`);
    this.lines = lines;
  }
}

/**
 * Puts the twin in the table's place. In the caller's transaction, which holds ACCESS EXCLUSIVE on both. Moving between schemas
 * takes indexes, constraints and identity sequences along, names unchanged; the rest is carried here, and in the end the
 * catalog must say of the new table what it said of the old one: else `CatalogDiffers`, and the caller rolls back.
 */
export async function exchange(client: Client, { place, leaveTo, comeFrom, twinHasTriggers }: Exchange): Promise<void> {
  const twin = { schema: comeFrom, name: place.name };
  const left = { schema: leaveTo, name: place.name };
  const oid = await oidOf(client, place);
  const twinOid = await oidOf(client, twin);
  const before = await readCatalog(client, oid);
  const triggers = await readTriggers(client, oid);
  const sequences = await readSequences(client, oid);
  const twinSequences = await readSequences(client, twinOid);
  const shared = sequences.filter(({ identity }) => !identity);

  for (const { sequence } of shared) await client.query(`ALTER SEQUENCE ${qualified(sequence)} OWNED BY NONE`);
  await disableTriggers(client, place, triggers);
  await client.query(`ALTER TABLE ${qualified(place)} SET SCHEMA ${quoted(leaveTo)}`);
  await client.query(`ALTER TABLE ${qualified(twin)} SET SCHEMA ${quoted(place.schema)}`);
  for (const { sequence, column } of shared) {
    await client.query(`ALTER SEQUENCE ${qualified(sequence)} OWNED BY ${qualified(place)}.${quoted(column)}`);
  }
  await continueIdentities(client, sequences, twinSequences, left, place);
  if (twinHasTriggers) await setTriggers(client, place, triggers);
  else await createTriggers(client, place, triggers);

  const after = await readCatalog(client, twinOid);
  const differing = [
    ...before.filter((line) => !after.includes(line)).map((line) => `only before: ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `only after: ${line}`),
  ];
  if (differing.length > 0) throw new CatalogDiffers(differing);
}

async function continueIdentities(
  client: Client,
  sequences: readonly OwnedSequence[],
  twinSequences: readonly OwnedSequence[],
  left: Relation,
  place: Relation,
): Promise<void> {
  for (const { sequence, column } of sequences.filter(({ identity }) => identity)) {
    const twin = twinSequences.find((candidate) => candidate.identity && candidate.column === column);
    if (twin === undefined) throw new CatalogDiffers([`the twin has no identity for ${column}`]);
    // Both have moved along with their tables.
    await continueSequence(
      client,
      { schema: left.schema, name: sequence.name },
      { schema: place.schema, name: twin.sequence.name },
    );
  }
}

async function oidOf(client: Client, relation: Relation): Promise<string> {
  const { rows } = await client.query<{ oid: string }>('SELECT $1::regclass::oid::text AS oid', [qualified(relation)]);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no table ${qualified(relation)}.`);
  return row.oid;
}
