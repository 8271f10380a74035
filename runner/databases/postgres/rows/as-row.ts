import type { Client } from 'pg';
import { qualified, type Relation } from '../relation.ts';

/**
 * Makes a function that makes a row of a record: `as_row(NULL::"schema"."table", record)`. NULL where a value is none of its column's
 * type, so that nothing raises for reasons of a record. In the caller's transaction. Its types are open, so it hangs on no table.
 */
export async function createAsRow(client: Client, name: Relation): Promise<void> {
  await client.query(`CREATE OR REPLACE FUNCTION ${qualified(name)}(base anyelement, record jsonb) RETURNS anyelement
    LANGUAGE plpgsql STABLE AS $sluice$
    BEGIN
      IF record IS NULL THEN RETURN NULL; END IF;
      RETURN pg_catalog.jsonb_populate_record(base, record);
    EXCEPTION WHEN data_exception OR check_violation OR not_null_violation THEN
      RETURN NULL;
    END $sluice$`);
}

export async function dropAsRow(client: Client, name: Relation): Promise<void> {
  await client.query(`DROP FUNCTION IF EXISTS ${qualified(name)}(anyelement, jsonb)`);
}
