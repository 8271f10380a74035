import type { Client } from 'pg';

interface Row {
  readonly table: number;
  readonly definition: string;
}

/** Columns that a validated CHECK constraint proves not null. */
export async function readProvedNotNull(client: Client): Promise<{ table: number; column: string }[]> {
  const { rows } = await client.query<Row>(`
    SELECT conrelid::int8::float8 AS table, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'c' AND convalidated AND conrelid <> 0`);
  return rows.flatMap(({ table, definition }) => provedBy(definition).map((column) => ({ table, column })));
}

/** Of `CHECK ((a IS NOT NULL) AND (b > 0))`: a. With OR, NOT or CASE anywhere, nothing is believed. */
export function provedBy(definition: string): string[] {
  if (/\b(OR|CASE|NOT VALID|NOT ENFORCED)\b|\bNOT\s*\(/.test(definition)) return [];
  return definition
    .replace(/^CHECK\s*/, '')
    .split(/\bAND\b/)
    .flatMap((part) => {
      const match = /^[\s(]*("(?:[^"]|"")+"|[a-z_][a-z0-9_$]*) IS NOT NULL[\s)]*$/.exec(part);
      if (match === null) return [];
      const [, name = ''] = match;
      return [name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name];
    });
}
