import type { Node, RangeVar } from 'libpg-query';

/** Name of a table, type, function and so on, as the server sees it: case folded, quotes removed. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

export function nameOfRange(range: RangeVar | undefined): QualifiedName {
  const name = range?.relname ?? '';
  return range?.schemaname === undefined ? { name } : { schema: range.schemaname, name };
}

/** From a list of String nodes: `a`, `s.a` or `database.s.a`. */
export function nameOfParts(parts: readonly Node[] | undefined): QualifiedName {
  const words = stringsOf(parts);
  const name = words.at(-1) ?? '';
  const schema = words.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/**
 * One key for one object. A migration names the same table with and without its schema; without, the search path
 * decides, which is `public` almost always.
 */
export function keyOf({ schema, name }: QualifiedName): string {
  return schema === undefined || schema === 'public' || schema === 'pg_catalog' ? name : `${schema}.${name}`;
}

/** For SQL: quoted where it must be. */
export function quoteName({ schema, name }: QualifiedName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

// Reserved in PostgreSQL 18 where a table or column name is expected; others need no quotes.
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right
  select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using
  variadic verbose when where window with`.split(/\s+/),
);

export function quote(identifier: string): string {
  if (/^[a-z_][a-z0-9_$]*$/.test(identifier) && !reserved.has(identifier)) return identifier;
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** Quotes each and joins with commas. */
export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ');
}
