import type { Client } from 'pg';
import type { Passage } from '../../passage.ts';
import { qualified, type Relation } from './relation.ts';

/**
 * Text of `new` with the members in the order in which `old` has them, new ones behind. What did not change is `old`'s own text, byte
 * for byte: spaces, names given twice, the way numbers are written. In the caller's transaction.
 */
export async function createInOrder(client: Client, name: Relation): Promise<void> {
  const self = qualified(name);
  await client.query(`CREATE OR REPLACE FUNCTION ${self}(old json, new jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE
    SET search_path = pg_catalog, pg_temp AS $sluice$
    BEGIN
      IF old IS NULL OR new IS NULL THEN RETURN new::text; END IF;
      IF old::jsonb = new THEN RETURN old::text; END IF;
      IF json_typeof(old) = 'object' AND jsonb_typeof(new) = 'object' THEN
        RETURN (
          WITH before AS (
            SELECT DISTINCT ON (key) key, value, place FROM json_each(old) WITH ORDINALITY AS each (key, value, place)
            ORDER BY key, place DESC
          ), after AS (
            SELECT key, value, place FROM jsonb_each(new) WITH ORDINALITY AS each (key, value, place)
          )
          SELECT '{' || coalesce(string_agg(to_json(after.key)::text || ': ' || ${self}(before.value, after.value), ', '
            ORDER BY before.place, after.place), '') || '}'
          FROM after LEFT JOIN before ON before.key = after.key);
      END IF;
      IF json_typeof(old) = 'array' AND jsonb_typeof(new) = 'array' THEN
        RETURN (
          SELECT '[' || coalesce(string_agg(${self}(old -> (place - 1)::int, value), ', ' ORDER BY place), '') || ']'
          FROM jsonb_array_elements(new) WITH ORDINALITY AS each (value, place));
      END IF;
      RETURN new::text;
    END $sluice$`);
}

export async function dropInOrder(client: Client, name: Relation): Promise<void> {
  await client.query(`DROP FUNCTION IF EXISTS ${qualified(name)}(json, jsonb)`);
}

/**
 * The same passage for a json column. A text with U+0000 has no jsonb, so such a record cannot be converted: looked for before the
 * cast, which would raise.
 */
export function inOrder(passage: Passage, name: Relation): Passage {
  const nul = String.raw`E'(^|[^\\\\])(\\\\\\\\)*\\\\u0000'`;
  return {
    ...passage,
    toSql: (document) =>
      `CASE WHEN ${document}::text ~ ${nul} THEN NULL
        ELSE ${qualified(name)}(${document}, ${passage.toSql(`${document}::jsonb`)})::json END`,
    refusal: (record) =>
      JSON.stringify(record).includes(String.raw`\u0000`)
        ? { pointer: '', reason: 'has a text with U+0000, which the database cannot convert' }
        : passage.refusal(record),
  };
}
