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
import { copyPolicyComments, createRowSecurity, readRowSecurity } from './policies.ts';
import { addReferences, dropReferences, readReferences, type Unvalidated } from './references.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { bindViews, readViews } from './views.ts';

export interface Exchange {
  /** The table's place: the names the application uses. */
  readonly place: Relation;
  /** Schema where the table in use goes. */
  readonly leaveTo: string;
  /** Schema from where its twin comes. */
  readonly comeFrom: string;
  /** Whether the twin has had the place before: then its triggers and policies are on it still. */
  readonly returning: boolean;
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
 * Returns the foreign keys that are to be validated after the commit.
 */
export async function exchange(
  client: Client,
  { place, leaveTo, comeFrom, returning }: Exchange,
): Promise<Unvalidated[]> {
  const twin = { schema: comeFrom, name: place.name };
  const left = { schema: leaveTo, name: place.name };
  const oid = await oidOf(client, place);
  const twinOid = await oidOf(client, twin);
  const before = await readCatalog(client, oid);
  const triggers = await readTriggers(client, oid);
  const security = await readRowSecurity(client, oid, place);
  const views = await readViews(client, oid);
  const references = await readReferences(client, oid);
  const sequences = await readSequences(client, oid);
  const twinSequences = await readSequences(client, twinOid);
  const shared = sequences.filter(({ identity }) => !identity);

  // The table that goes has no more say: its foreign keys would hold up deletes elsewhere for rows that nobody keeps current.
  await dropReferences(client, references);
  for (const { sequence } of shared) await client.query(`ALTER SEQUENCE ${qualified(sequence)} OWNED BY NONE`);
  await disableTriggers(client, place, triggers);
  await client.query(`ALTER TABLE ${qualified(place)} SET SCHEMA ${quoted(leaveTo)}`);
  await client.query(`ALTER TABLE ${qualified(twin)} SET SCHEMA ${quoted(place.schema)}`);
  for (const { sequence, column } of shared) {
    await client.query(`ALTER SEQUENCE ${qualified(sequence)} OWNED BY ${qualified(place)}.${quoted(column)}`);
  }
  await continueIdentities(client, sequences, twinSequences, left, place);
  if (returning) await setTriggers(client, place, triggers);
  else {
    await createTriggers(client, place, triggers);
    await createRowSecurity(client, place, security);
    await copyPolicyComments(client, oid, place);
  }
  await bindViews(client, views);
  const unvalidated = await addReferences(client, references);
  refuseDifferences(before, await readCatalog(client, twinOid));
  return unvalidated;
}

function refuseDifferences(before: readonly string[], after: readonly string[]): void {
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
