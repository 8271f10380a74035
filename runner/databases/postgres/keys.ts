import { qualified, quoted, type Relation } from './relation.ts';
import type { Column } from './table.ts';

/**
 * The columns of a primary key, in its order. In JavaScript a key is one text: of one column the value as PostgreSQL writes it
 * (bigint does not fit a number), of several a JSON array of such texts.
 */
export type Key = readonly [Column, ...Column[]];

export function keyColumns(key: Key, alias?: string): string[] {
  return key.map(({ name }) => (alias === undefined ? quoted(name) : `${alias}.${quoted(name)}`));
}

/** As a list: `a, b`. */
export function keyList(key: Key, alias?: string): string {
  return keyColumns(key, alias).join(', ');
}

/** As a value that compares in key order, over one index: `a`, or `(a, b)`. */
export function keyRow(key: Key, alias?: string): string {
  return key.length === 1 ? keyList(key, alias) : `(${keyList(key, alias)})`;
}

/** SQL for the key as one text. */
export function keyText(key: Key, alias?: string): string {
  const texts = keyColumns(key, alias).map((column) => `${column}::text`);
  return key.length === 1 ? texts.join() : `json_build_array(${texts.join(', ')})::text`;
}

/** The values of one key, for `keyValue`. */
export function valuesOf(key: Key, text: string): string[] {
  return key.length === 1 ? [text] : (JSON.parse(text) as string[]);
}

/** Comparable to `keyRow`; its parameters begin at `$first`. */
export function keyValue(key: Key, first: number): string {
  const values = key.map(({ type }, index) => `$${first + index}::${type}`);
  return key.length === 1 ? values.join() : `(${values.join(', ')})`;
}

/** The values of several keys, one array for each column, for `unnestedKeys`. */
export function valuesOfAll(key: Key, texts: readonly string[]): string[][] {
  const rows = texts.map((text) => valuesOf(key, text));
  return key.map((_, column) => rows.map((row) => row[column] ?? ''));
}

/** `$1::text[]::bigint[], …`, the parameters of several keys as arrays of each column. */
export function keyArrays(key: Key, first: number): string {
  return key.map(({ type }, index) => `$${first + index}::text[]::${type}[]`).join(', ');
}

/** Condition: the row is one of the keys given by `valuesOfAll`. */
export function isOneOf(key: Key, alias: string | undefined, first: number): string {
  if (key.length === 1) return `${keyList(key, alias)} = ANY (${keyArrays(key, first)})`;
  return `(${keyList(key, alias)}) IN (SELECT * FROM unnest(${keyArrays(key, first)}))`;
}

/** Condition: both rows have the same key. */
export function sameKey(key: Key, a: string, b: string): string {
  return key.map(({ name }) => `${a}.${quoted(name)} = ${b}.${quoted(name)}`).join(' AND ');
}

/** Condition: the other table has a row of this key. */
export function existsIn(key: Key, other: Relation, alias: string): string {
  return `EXISTS (SELECT FROM ${qualified(other)} AS other_row WHERE ${sameKey(key, 'other_row', alias)})`;
}

/** Condition: an entry of a log that says TRUNCATE, not a key: no column of a primary key can be NULL. */
export function isTruncation(key: Key, alias: string): string {
  return `${alias}.${quoted(key[0].name)} IS NULL`;
}
