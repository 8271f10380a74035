import { type Client, DatabaseError } from 'pg';
import { type Crossing, type MovedRow, moveRows, settleMoved } from './crossing.ts';
import { behindGate } from './gate.ts';
import { existsIn, isOneOf, isTruncation, type Key, keyText, valuesOfAll } from './keys.ts';
import { addCaptured, checkFence } from './ledger.ts';
import { qualified, type Relation } from './relation.ts';
import { transaction } from './transaction.ts';

/**
 * Carries over what the application wrote: takes keys from the log and makes the other table agree with the source for each
 * of them, in one transaction. Returns how many keys were taken.
 *
 * One snapshot (REPEATABLE READ) for the log and the source: where all keys are taken (`limit` null), the tables agree as of
 * that moment, so unique indexes hold although rows may have swapped their values since.
 *
 * `gated`: other sessions copy beside it, and are kept out meanwhile.
 */
export async function applyLog(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  log: Relation,
  limit: number | null,
  gated = false,
): Promise<number> {
  if (!(await hasEntries(client, log))) return 0;
  const carry = () => applyEntries(client, run, crossing, log, limit);
  return gated ? behindGate(client, run.id, carry) : carry();
}

async function applyEntries(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  log: Relation,
  limit: number | null,
): Promise<number> {
  const apply = (most: number | null) =>
    transaction(
      client,
      async () => {
        await checkFence(client, run.id, run.epoch);
        const taken = await drain(client, crossing, log, most);
        await addCaptured(client, run.id, run.epoch, taken);
        return taken;
      },
      { isolation: 'REPEATABLE READ', lazily: true },
    );
  try {
    return await apply(limit);
  } catch (error) {
    // Two rows have swapped a unique value and only one of them was in this portion: together they fit.
    if (!(error instanceof DatabaseError) || error.code !== '23505' || limit === null) throw error;
    return apply(null);
  }
}

/** The same inside the caller's transaction. */
export async function drain(client: Client, crossing: Crossing, log: Relation, limit: number | null): Promise<number> {
  const entries = await takeKeys(client, crossing.table.key, log, limit);
  if (entries.length === 0) return 0;
  // An entry without a key is a TRUNCATE.
  if (entries.includes(null)) await deleteVanished(client, crossing);
  const keys = [...new Set(entries.filter((key) => key !== null))];
  if (keys.length > 0) {
    await deleteKeys(client, crossing, keys);
    await settleMoved(client, crossing, await moveKeys(client, crossing, keys));
  }
  return entries.length;
}

export async function hasEntries(client: Client, log: Relation): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${qualified(log)}) AS any`);
  return rows[0]?.any === true;
}

/** Consumed by deleting, never by counting up: the order of a sequence is not the order of commits. */
async function takeKeys(client: Client, key: Key, log: Relation, limit: number | null): Promise<(string | null)[]> {
  const where = limit === null ? '' : `WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${qualified(log)} LIMIT ${limit}))`;
  const entry = `CASE WHEN NOT ${isTruncation(key, 'log')} THEN ${keyText(key, 'log')} END`;
  const { rows } = await client.query<[string | null]>({
    text: `DELETE FROM ${qualified(log)} AS log ${where} RETURNING ${entry}`,
    rowMode: 'array',
  });
  return rows.map(([key]) => key);
}

/** Whatever is not in the source any more; true at any moment, since what came later has entries of its own. */
async function deleteVanished(client: Client, { table: { key }, from, to, aside, spare }: Crossing): Promise<void> {
  const spared = spare === undefined ? '' : `AND NOT ${existsIn(key, spare, 'copy')}`;
  await client.query(`DELETE FROM ${qualified(to)} AS copy WHERE NOT ${existsIn(key, from, 'copy')} ${spared}`);
  if (aside === undefined) return;
  await client.query(`DELETE FROM ${qualified(aside.table)} AS copy WHERE NOT ${existsIn(key, from, 'copy')}`);
}

async function deleteKeys(
  client: Client,
  { table: { key }, to, aside }: Crossing,
  keys: readonly string[],
): Promise<void> {
  for (const relation of aside === undefined || aside.notedOnly ? [to] : [to, aside.table]) {
    await client.query(
      `DELETE FROM ${qualified(relation)} WHERE ${isOneOf(key, undefined, 1)}`,
      valuesOfAll(key, keys),
    );
  }
}

async function moveKeys(client: Client, crossing: Crossing, keys: readonly string[]): Promise<MovedRow[]> {
  const { table, from } = crossing;
  const page = `SELECT * FROM ${qualified(from)} WHERE ${isOneOf(table.key, undefined, 1)}`;
  const values = valuesOfAll(table.key, keys);
  return moveRows(client, crossing, page, values);
}
