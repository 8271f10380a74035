import type { Client } from 'pg';
import { type Key, keyList, keyRow, keyValue, valuesOf } from './keys.ts';
import { qualified, type Relation } from './relation.ts';

/**
 * The rows of a page of the key order, for COPY, which takes no parameters: its bounds are settings of the transaction (`bindPage`). Read FOR KEY SHARE,
 * so a delete of one waits instead of being undone; updates do not wait. `bounded` false: from the first.
 */
export function boundPage(key: Key, from: Relation, bounded: boolean): string {
  return `SELECT * FROM ${qualified(from)} WHERE ${keyRow(key)} <= ${boundKey(key, 'end')}
    ${bounded ? `AND ${keyRow(key)} > ${boundKey(key, 'after')}` : ''} ORDER BY ${keyList(key)} FOR KEY SHARE`;
}

/** Until the end of the transaction: after the one key (null: from the first), up to and including the other. */
export async function bindPage(client: Client, key: Key, after: string | null, end: string): Promise<void> {
  const bounds = [...(after === null ? [] : [['after', after] as const]), ['end', end] as const];
  const settings = bounds.flatMap(([bound, text]) =>
    valuesOf(key, text).map((value, index) => [settingOf(bound, index), value] as const),
  );
  const calls = settings.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`);
  await client.query(`SELECT ${calls.join(', ')}`, settings.flat());
}

/** Comparable to `keyRow`. */
function boundKey(key: Key, bound: 'after' | 'end'): string {
  const values = key.map(({ type }, index) => `current_setting('${settingOf(bound, index)}')::${type}`);
  return key.length === 1 ? values.join() : `(${values.join(', ')})`;
}

function settingOf(bound: 'after' | 'end', index: number): string {
  return `sluice.${bound}_${index}`;
}

/** Whether a table has no row after the one key (null: from the first), up to and including the other. */
export async function isStretchEmpty(
  client: Client,
  key: Key,
  table: Relation,
  after: string | null,
  end: string,
): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM ${qualified(table)} WHERE ${keyRow(key)} <= ${keyValue(key, 1)}
       ${after === null ? '' : `AND ${keyRow(key)} > ${keyValue(key, 1 + key.length)}`}) AS any`,
    [end, ...(after === null ? [] : [after])].flatMap((text) => valuesOf(key, text)),
  );
  return rows[0]?.any === false;
}
