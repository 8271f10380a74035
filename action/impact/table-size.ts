import type { Client } from 'pg';
import type { Target } from '../../core/configuration/configuration.ts';
import { relationOf, UnsuitableColumn } from './session.ts';

export interface TableSize {
  /** As the server's statistics estimate them; undefined of a view, and of a table that was never analysed. */
  readonly rows: number | undefined;
  readonly blocks: number;
  /** Whether TABLESAMPLE can be asked: not of views and foreign tables. */
  readonly canSample: boolean;
}

/**
 * Size of a table with its partitions and children: the rows per block of the last ANALYZE, times the blocks there are now, as the planner
 * has it. Undefined when there is no such table.
 * Throws `UnsuitableColumn`, and what pg throws.
 */
export async function readTableSize(client: Client, target: Target): Promise<TableSize | undefined> {
  await checkColumn(client, target);
  const { rows } = await client.query<{ rows: number | null; blocks: number | null; can_sample: boolean }>(
    `WITH RECURSIVE parts AS (
       SELECT to_regclass($1)::oid AS oid
       UNION SELECT i.inhrelid FROM pg_inherits i JOIN parts p ON i.inhparent = p.oid
     ), sized AS (
       SELECT c.relkind, c.reltuples, c.relpages,
         pg_relation_size(c.oid) / current_setting('block_size')::int8 AS blocks
       FROM parts JOIN pg_class c USING (oid)
     )
     SELECT
       CASE WHEN bool_or(relkind IN ('r', 'm') AND blocks > 0 AND (reltuples < 0 OR relpages = 0)) THEN NULL
         ELSE sum(CASE WHEN relpages > 0 THEN greatest(reltuples, 0)::float8 / relpages * blocks ELSE 0 END) END AS rows,
       sum(CASE WHEN relkind IN ('r', 'm') THEN blocks ELSE 0 END)::float8 AS blocks,
       coalesce(bool_and(relkind IN ('r', 'p', 'm')), false) AS can_sample
     FROM sized`,
    [relationOf(target)],
  );
  const [size] = rows;
  if (size === undefined || size.blocks === null) return undefined;
  return {
    rows: size.rows === null || !size.can_sample ? undefined : Math.round(size.rows),
    blocks: size.blocks,
    canSample: size.can_sample,
  };
}

/** Throws `UnsuitableColumn` for a column that cannot hold documents: what is in it would be told as records that break both versions. */
async function checkColumn(client: Client, target: Target): Promise<void> {
  const { rows } = await client.query<{ type: string }>(
    `SELECT format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL) AS type
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = to_regclass($1) AND a.attname = $2 AND NOT a.attisdropped`,
    [relationOf(target), target.document],
  );
  const [column] = rows;
  if (column && column.type !== 'json' && column.type !== 'jsonb') throw new UnsuitableColumn(column.type);
}

/** Rows of a few blocks drawn at random, deleted ones not counted. */
export async function countInBlocks(client: Client, target: Target, percent: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM ${relationOf(target)} TABLESAMPLE SYSTEM (${percent.toFixed(9)}) REPEATABLE (2)`,
  );
  return rows[0]?.count ?? 0;
}
