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
  /** Where the columns are the properties: what is not the same in both tables. */
  readonly columns?: ColumnDifferences | undefined;
}

/** How the columns of the twin differ from those of the table in use. */
export interface ColumnDifferences {
  /** Columns that have another name: the one in the table in use by that in the twin. */
  readonly renamed: ReadonlyMap<string, string>;
  /** By the names in the table in use: columns of one of them only, or of another type or nullability. */
  readonly changed: ReadonlySet<string>;
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
  { place, leaveTo, comeFrom, returning, columns }: Exchange,
): Promise<Unvalidated[]> {
  const twin = { schema: comeFrom, name: place.name };
  // Definitions name columns as the table in use has them: until all are carried over, the twin has the same names.
  const renamed = [...(columns?.renamed ?? [])];
  for (const [own, inUse] of renamed) await renameColumn(client, twin, own, inUse);
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
  refuseDifferences(before, await readCatalog(client, twinOid), [...(columns?.changed ?? [])]);
  for (const [own, inUse] of renamed) await renameColumn(client, place, inUse, own);
  return unvalidated;
}

async function renameColumn(client: Client, table: Relation, from: string, to: string): Promise<void> {
  await client.query(`ALTER TABLE ${qualified(table)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`);
}

/** `changed`: columns of which it is known that they differ. */
function refuseDifferences(before: readonly string[], after: readonly string[], changed: readonly string[]): void {
  const isExpected = (line: string) => isAboutColumn(line, changed);
  const differing = [
    ...before.filter((line) => !after.includes(line) && !isExpected(line)).map((line) => `only before: ${line}`),
    ...after.filter((line) => !before.includes(line) && !isExpected(line)).map((line) => `only after: ${line}`),
  ];
  if (differing.length > 0) throw new CatalogDiffers(differing);
}

/** A line of the catalog that is about one of these columns alone, or about the order of all. */
function isAboutColumn(line: string, columns: readonly string[]): boolean {
  if (columns.length === 0) return false;
  if (line.startsWith('column order ')) return true;
  return columns.some(
    (name) =>
      [`column ${name} `, `grant on ${name} `, `comment ${name}: `].some((start) => line.startsWith(start)) ||
      // A constraint of its own since PostgreSQL 18.
      line.endsWith(` NOT NULL ${name}`) ||
      line.endsWith(` NOT NULL ${quoted(name)}`),
  );
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
